package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.shape.DealtDrops.Drop;
import io.fanfare.engine.shape.DealtDrops.Limit;
import io.fanfare.engine.shape.DropPlan.DropType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code drop_sequence}: of each type as many drops as the plan says, filled up with empty ones, shuffled, one every so many
 * milliseconds. The player sees all of them: catching is the game.
 *
 * @param totalItems how many fall at least; more where the plan alone has more
 */
record DropSequence(DropPlan plan, int totalItems, long intervalMs) implements SeedGenerator {

    private static final String INTERVAL = "interval_ms";

    static final Form<DropSequence> FORM = Form.of("a shuffled sequence of drops is dealt", lines -> {
        var plan = DropPlan.PlanLine.in(lines);
        var total = lines.optional(
                "total_items", Kind.integer(0, DropPlan.MAX_DROPS), 0L, "filled up with empty drops to as many");
        var interval = lines.optional(INTERVAL, Kind.integer(1, 60_000), 500L, "from one drop to the next");
        return filled -> new DropSequence(plan.read(filled), Math.toIntExact(filled.get(total)), filled.get(interval));
    });

    @Override
    public List<FieldViolation> outdated() {
        return Attempt.tooLong(INTERVAL, lastsMs()).stream().toList();
    }

    @Override
    public Document generate(Draws draws) {
        List<String> types = new ArrayList<>();
        plan.types().forEach(type -> types.addAll(Collections.nCopies(type.frequency(), type.name())));
        while (types.size() < totalItems) {
            types.add(DropPlan.EMPTY);
        }
        shuffle(types, draws);
        List<Drop> drops = IntStream.range(0, types.size())
                .mapToObj(n -> new Drop("d_" + n, types.get(n), n * intervalMs))
                .toList();
        return new DealtDrops(
                        drops, plan.types().stream().map(DropSequence::limit).toList())
                .toDocument();
    }

    /** From the first drop to the last. */
    private long lastsMs() {
        int planned = plan.types().stream().mapToInt(DropType::frequency).sum();
        return Math.max(0, Math.max(planned, totalItems) - 1) * intervalMs;
    }

    private static Limit limit(DropType type) {
        return new Limit(type.name(), type.maxCatchable());
    }

    /** Fisher and Yates, as Durstenfeld has it: every order is as likely as another. */
    static void shuffle(List<?> list, Draws draws) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, Math.toIntExact(draws.below(i + 1L)));
        }
    }
}
