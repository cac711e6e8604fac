package io.fanfare.engine.shape;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Form.Filled;
import io.fanfare.engine.config.Form.Line;
import io.fanfare.engine.config.Form.Lines;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.RewardHandler.Win;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What scores win: the first tier that holds the score names a group of prizes, and one draw picks one of the group.
 *
 * @param groups those in which something can be drawn
 */
record Tiers(List<Tier> tiers, Map<String, Chances<Share>> groups) {

    static final long MAX_SCORE = 1_000_000_000_000L;

    private static final Form<Tier> TIER = Form.of("a range of scores", lines -> {
        var min = lines.required("min", Kind.integer(-MAX_SCORE, MAX_SCORE), "the lowest score in it");
        var max = lines.required("max", Kind.integer(-MAX_SCORE, MAX_SCORE), "the highest score in it");
        var group = lines.required("prize_group", Kind.text(100), "a name in prize_groups");
        return filled -> {
            if (filled.get(min) > filled.get(max)) {
                throw filled.refused(max, "is %d, below min".formatted(filled.get(max)));
            }
            return new Tier(filled.get(min), filled.get(max), filled.get(group));
        };
    });

    private static final Form<Share> SHARE = Form.of("a prize of the group", lines -> {
        var prize = lines.optional(
                "prize_id", PrizeKinds.PRIZE_OR_NONE, Optional.<PrizeId>empty(), "what it wins; empty: nothing");
        var weight = lines.required("probability", Kind.weight(), "its share, in proportion to the others");
        return filled -> new Share(filled.get(prize), filled.get(weight));
    });

    record Tier(long min, long max, String prizeGroup) {

        boolean holds(long score) {
            return min <= score && score <= max;
        }
    }

    record Share(Optional<PrizeId> prize, BigDecimal weight) {}

    /** The two lines that every form with tiers has. */
    record TierLines(Line<List<Tier>> tiers, Line<Map<String, List<Share>>> groups) {

        static TierLines in(Lines lines) {
            return new TierLines(
                    lines.required(
                            "tiers",
                            Kind.list(Kind.object(TIER), 1, 1_000),
                            "ranges of scores; the first that fits counts"),
                    lines.required(
                            "prize_groups",
                            Kind.named(Kind.list(Kind.object(SHARE), 0, 1_000)),
                            "by name: what can be drawn in a tier; an empty group wins nothing"));
        }

        Tiers read(Filled filled) {
            Map<String, List<Share>> named = filled.get(groups);
            for (Tier tier : filled.get(tiers)) {
                if (!named.containsKey(tier.prizeGroup())) {
                    throw filled.refused(
                            tiers,
                            "name prize group '%s', expected one of %s".formatted(tier.prizeGroup(), named.keySet()));
                }
            }
            var drawable = new HashMap<String, Chances<Share>>();
            named.forEach((name, shares) ->
                    Chances.of(shares, Share::weight).ifPresent(chances -> drawable.put(name, chances)));
            return new Tiers(filled.get(tiers), Map.copyOf(drawable));
        }
    }

    Set<PrizeId> prizes() {
        return groups.values().stream()
                .flatMap(group -> group.things().stream())
                .flatMap(share -> share.prize().stream())
                .collect(toUnmodifiableSet());
    }

    Optional<Tier> reachedBy(long score) {
        return tiers.stream().filter(tier -> tier.holds(score)).findFirst();
    }

    /** What the tier wins, among what is not gone. */
    List<Win> draw(Optional<Tier> tier, Draws draws, Set<PrizeId> gone) {
        return tier
                .map(reached -> groups.get(reached.prizeGroup()))
                .flatMap(group -> group.draw(
                        draws, share -> share.prize().filter(gone::contains).isEmpty()))
                .flatMap(Share::prize)
                .map(Win::of)
                .stream()
                .toList();
    }

    long highest() {
        return tiers.stream().mapToLong(Tier::max).max().orElse(0);
    }
}
