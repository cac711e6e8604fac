package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.fanfare.bench.verify.Snapshot.CampaignRules;
import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.Spent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was given away while there was a budget is within it, and is what the platform counted. What comes back does not
 * count less.
 */
final class BudgetsHold {

    private BudgetsHold() {}

    private record Budget(Ref subject, boolean isOfCampaign) {}

    /**
     * What a play gave away under a budget.
     *
     * @param limit the highest that may have counted
     * @param isCertain that there was one at all
     */
    private record Gift(PlayRow play, long cost, long limit, boolean isCertain) {}

    static void check(Snapshot snapshot, Findings findings) {
        Map<Budget, List<Gift>> gifts = gifts(snapshot);
        gifts.forEach((budget, given) -> within(budget, given, findings));
        Map<Budget, Long> counted = new HashMap<>();
        for (Spent row : snapshot.terms().budgets()) {
            counted.put(new Budget(row.subject(), row.isOfCampaign()), row.spent());
        }
        Set<Budget> all = new HashSet<>(gifts.keySet());
        all.addAll(counted.keySet());
        for (Budget budget : all) {
            List<Gift> given = gifts.getOrDefault(budget, List.of());
            long atMost = given.stream().mapToLong(Gift::cost).sum();
            long atLeast =
                    given.stream().filter(Gift::isCertain).mapToLong(Gift::cost).sum();
            long said = counted.getOrDefault(budget, 0L);
            if (said < atLeast || said > atMost) {
                findings.violated("the platform counts %d given away by %s, and it is %d"
                        .formatted(said, budget.subject(), atMost));
            }
        }
        findings.saw(snapshot.terms().budgets().size());
    }

    private static Map<Budget, List<Gift>> gifts(Snapshot snapshot) {
        Map<Ref, Long> costs =
                snapshot.rewards().stream().collect(groupingBy(RewardRow::playRef, summingLong(RewardRow::cost)));
        Map<Ref, Map<Long, GameRules>> rules = snapshot.rules();
        var campaigns = new CampaignHistory(snapshot);
        var revisions = new RevisionsInUse(snapshot);
        Map<Budget, List<Gift>> gifts = new HashMap<>();
        for (PlayRow play : snapshot.plays()) {
            long cost = costs.getOrDefault(play.id(), 0L);
            Map<Long, GameRules> ofGame = rules.getOrDefault(play.gameRef(), Map.of());
            GameRules rule = ofGame.get(play.revision());
            if (cost == 0 || rule == null) {
                continue;
            }
            if (rule.budget() > 0) {
                long limit = revisions.at(play).stream()
                        .map(ofGame::get)
                        .mapToLong(one -> one == null ? 0 : one.budget())
                        .max()
                        .orElse(0);
                add(gifts, new Budget(play.gameRef(), false), new Gift(play, cost, limit, true));
            }
            if (rule.campaign() != null) {
                var campaign = new Ref(play.id().tenant(), rule.campaign());
                List<CampaignRules> inForce = campaigns.at(campaign, play.at());
                if (inForce.stream().anyMatch(one -> one.budget() > 0)) {
                    boolean isCertain = inForce.stream().allMatch(one -> one.budget() > 0);
                    long limit = CampaignHistory.highest(inForce, CampaignRules::budget);
                    add(gifts, new Budget(campaign, true), new Gift(play, cost, limit, isCertain));
                }
            }
        }
        return gifts;
    }

    private static void add(Map<Budget, List<Gift>> gifts, Budget budget, Gift gift) {
        gifts.computeIfAbsent(budget, _ -> new ArrayList<>()).add(gift);
    }

    private static void within(Budget budget, List<Gift> given, Findings findings) {
        long sum = 0;
        given.sort(Comparator.comparing(gift -> gift.play().at()));
        for (Gift gift : given) {
            sum = Math.addExact(sum, gift.isCertain() ? gift.cost() : 0);
            if (gift.limit() > 0 && sum > gift.limit()) {
                findings.violated("with %s %s has given away %d, and %d are allowed"
                        .formatted(gift.play().id(), budget.subject(), sum, gift.limit()));
            }
        }
    }

    /** From when to when each revision of a game was played. */
    private static final class RevisionsInUse {

        private final Map<Ref, Map<Long, Span>> spans = new HashMap<>();

        private record Span(Instant first, Instant last) {

            Span with(Span other) {
                return new Span(
                        other.first().isBefore(first) ? other.first() : first,
                        other.last().isAfter(last) ? other.last() : last);
            }

            boolean isAround(Instant moment) {
                return !moment.plus(CampaignHistory.IN_FLIGHT).isBefore(first)
                        && !moment.minus(CampaignHistory.IN_FLIGHT).isAfter(last);
            }
        }

        private RevisionsInUse(Snapshot snapshot) {
            for (PlayRow play : snapshot.plays()) {
                spans.computeIfAbsent(play.gameRef(), _ -> new HashMap<>())
                        .merge(play.revision(), new Span(play.at(), play.at()), Span::with);
            }
        }

        /** Those that may have been played beside it: its own, and others at a change. */
        private List<Long> at(PlayRow play) {
            return spans.getOrDefault(play.gameRef(), Map.of()).entrySet().stream()
                    .filter(one -> one.getValue().isAround(play.at()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}
