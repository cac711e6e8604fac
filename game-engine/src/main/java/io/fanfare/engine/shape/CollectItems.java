package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.DealtDrops.Drop;
import io.fanfare.engine.shape.DropPlan.DropType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code collect_items}: every caught drop wins its type's prize, as many of each type as can be caught. */
record CollectItems(DropPlan plan) implements RewardHandler {

    static final Form<CollectItems> FORM = Form.of("every caught drop wins its type's prize", lines -> {
        var plan = DropPlan.PlanLine.in(lines);
        return filled -> new CollectItems(plan.read(filled));
    });

    @Override
    public Set<String> inputFields() {
        return DealtDrops.INPUT.names();
    }

    @Override
    public Set<PrizeId> prizes() {
        return plan.prizes();
    }

    @Override
    public Result decide(Attempt attempt, Draws draws) {
        Map<String, Long> caught = caughtByType(attempt);
        var wins = new ArrayList<Win>();
        var byType = new TreeMap<String, Long>();
        for (DropType type : plan.types()) {
            long counted = Math.min(caught.getOrDefault(type.name(), 0L), type.maxCatchable());
            if (counted > 0) {
                byType.put(type.name(), counted);
                type.prize().ifPresent(prize -> wins.add(new Win.OfPrize(prize, counted)));
            }
        }
        long total = byType.values().stream().mapToLong(Long::longValue).sum();
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("total_caught", total);
        metadata.put("by_type", byType);
        return new Result(wins, new Document(metadata), total);
    }

    /** Every second drop is caught, as far as it counts. */
    @Override
    public Document sampleInput(Document seed, Draws draws) {
        DealtDrops dealt = DealtDrops.of(seed);
        var left = new HashMap<String, Long>();
        List<String> caught = dealt.drops().stream()
                .filter(drop -> !drop.type().equals(DropPlan.EMPTY))
                .filter(_ -> draws.below(2) == 0)
                .filter(drop -> left.merge(drop.type(), 1L, Long::sum) <= dealt.limitOf(drop.type()))
                .map(Drop::id)
                .toList();
        return Document.of("caught_items", caught);
    }

    private static Map<String, Long> caughtByType(Attempt attempt) {
        Map<String, Drop> byId = DealtDrops.of(attempt.seed()).byId();
        var caught = new HashMap<String, Long>();
        DealtDrops.INPUT.readPart("payload", attempt.input()).stream()
                .distinct()
                .map(byId::get)
                .filter(drop -> drop != null)
                .forEach(drop -> caught.merge(drop.type(), 1L, Long::sum));
        return caught;
    }
}
