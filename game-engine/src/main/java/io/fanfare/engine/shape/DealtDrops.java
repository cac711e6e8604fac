package io.fanfare.engine.shape;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The drops of one session, as its seed keeps them.
 *
 * @param drops in the order in which they fall
 * @param plan how many of each type count
 */
record DealtDrops(List<Drop> drops, List<Limit> plan) {

    private static final Form<Drop> DROP = Form.of("a drop", lines -> {
        var id = lines.required("drop_id", Kind.id(), "its name");
        var type = lines.required("type", Kind.id(), "its type");
        var at = lines.required("spawn_at_ms", Kind.integer(0, Long.MAX_VALUE), "when it falls");
        return filled -> new Drop(filled.get(id), filled.get(type), filled.get(at));
    });

    private static final Form<Limit> LIMIT = Form.of("a type", lines -> {
        var type = lines.required("type", Kind.id(), "its name");
        var limit = lines.required("max_catchable", Kind.integer(0, DropPlan.MAX_DROPS), "how many of it count");
        return filled -> new Limit(filled.get(type), filled.get(limit));
    });

    private static final Form<DealtDrops> FORM = Form.of("the drops of a session", lines -> {
        var drops = lines.required("drops", Kind.list(Kind.object(DROP), 0, 2 * DropPlan.MAX_DROPS), "in their order");
        var plan = lines.required("plan", Kind.list(Kind.object(LIMIT), 0, 100), "how many of each type count");
        return filled -> new DealtDrops(filled.get(drops), filled.get(plan));
    });

    /** What the player sends: what it caught. */
    static final Form<List<String>> INPUT = Form.of("what the player caught", lines -> {
        var caught = lines.required(
                "caught_items",
                Kind.list(Kind.id(), 0, 2 * DropPlan.MAX_DROPS),
                "the drop_ids, in the order of catching");
        return filled -> filled.get(caught);
    });

    record Drop(String id, String type, long spawnAtMs) {}

    record Limit(String type, long maxCatchable) {}

    static DealtDrops of(Document seed) {
        return FORM.read("seed", seed);
    }

    Document toDocument() {
        return new Document(Map.of(
                "drops",
                drops.stream()
                        .map(drop -> Map.of("drop_id", drop.id(), "type", drop.type(), "spawn_at_ms", drop.spawnAtMs()))
                        .toList(),
                "plan",
                plan.stream()
                        .map(limit -> Map.of("type", limit.type(), "max_catchable", limit.maxCatchable()))
                        .toList()));
    }

    Map<String, Drop> byId() {
        return drops.stream().collect(toMap(Drop::id, Function.identity()));
    }

    /** How many of a type count; 0 for one that is not in the plan. */
    long limitOf(String type) {
        return plan.stream()
                .filter(limit -> limit.type().equals(type))
                .mapToLong(Limit::maxCatchable)
                .findFirst()
                .orElse(0);
    }
}
