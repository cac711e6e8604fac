package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Snapshot.CampaignRules;
import io.fanfare.bench.verify.Snapshot.Counter;
import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.PrizeRow;
import io.fanfare.bench.verify.Snapshot.PrizeRules;
import io.fanfare.bench.verify.Snapshot.Reservation;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/**
 * Nobody played a game, or the games of a campaign together, or was awarded a prize more often than was allowed at the time; turns,
 * budgets and winning moments were not exceeded. Days are UTC days. What the platform counted itself is compared with the rows.
 */
final class LimitsHold {

    private LimitsHold() {}

    /** Somebody's use of something: plays of a game, awards of a prize. */
    private record Use(Ref subject, String player, int epochDay) {}

    /**
     * One unit that a player got, or will.
     *
     * @param number of the play that won it; 0 where none did
     */
    private record Unit(Ref reward, Ref prize, String player, Instant at, long number, int ordinal, boolean isItem) {

        static Unit of(RewardRow reward, long number) {
            return new Unit(
                    reward.id(),
                    reward.prizeRef(),
                    reward.player().id(),
                    reward.at(),
                    number,
                    reward.ordinal(),
                    reward.isItem());
        }

        static Unit of(Reservation reserved) {
            return new Unit(
                    reserved.reward(), reserved.prizeRef(), reserved.player().id(), reserved.at(), 0, 0, false);
        }
    }

    static Check check(Snapshot snapshot) {
        var findings = new Findings(2, "limits hold");
        Map<Use, Long> plays = plays(snapshot, findings);
        Map<Use, Long> awards = awards(snapshot, findings);
        compare("plays", snapshot.playCounters(), plays, findings);
        compare("awards", snapshot.awardCounters(), awards, findings);
        TurnsAddUp.check(snapshot, findings);
        BudgetsHold.check(snapshot, findings);
        MomentsHold.check(snapshot, findings);
        findings.saw(snapshot.plays().size()
                + snapshot.rewards().size()
                + snapshot.sagas().reservations().size()
                + snapshot.playCounters().size()
                + snapshot.awardCounters().size());
        return findings.result();
    }

    private static Map<Use, Long> plays(Snapshot snapshot, Findings findings) {
        Map<Ref, Map<Long, GameRules>> rules = snapshot.rules();
        var campaigns = new CampaignHistory(snapshot);
        Map<Use, Long> used = new HashMap<>();
        List<PlayRow> inOrder = snapshot.plays().stream()
                .sorted(Comparator.comparingLong(PlayRow::number))
                .toList();
        for (PlayRow play : inOrder) {
            Ref game = play.gameRef();
            GameRules rule = rules.getOrDefault(game, Map.of()).get(play.revision());
            if (rule == null) {
                findings.violated("play %s is of revision %d of game %s, which does not exist"
                        .formatted(play.id(), play.revision(), game));
                continue;
            }
            Ref campaign = rule.campaignRef();
            if (campaign != null) {
                List<CampaignRules> inForce =
                        campaigns.at(new Ref(game.tenant(), String.valueOf(rule.campaign())), play.at());
                count(used, campaign, play.player().id(), play.at(), (what, count) -> {
                    long limit = CampaignHistory.highest(
                            inForce,
                            what.epochDay() == Snapshot.EVER ? CampaignRules::perPlayer : CampaignRules::perDay);
                    judge(play, what, count, limit, findings);
                });
            }
            count(used, game, play.player().id(), play.at(), (what, count) -> {
                long limit = what.epochDay() == Snapshot.EVER ? rule.perPlayer() : rule.perDay();
                judge(play, what, count, limit, findings);
            });
        }
        return used;
    }

    private static void judge(PlayRow play, Use what, long count, long limit, Findings findings) {
        if (limit > 0 && count > limit) {
            findings.violated("%s is play %d of %s in %s%s, and %d are allowed"
                    .formatted(play.id(), count, play.player().id(), what.subject(), day(what), limit));
        }
    }

    /** What is set aside for a redemption counts as if it were won. */
    private static Map<Use, Long> awards(Snapshot snapshot, Findings findings) {
        Set<Ref> prizes = snapshot.prizes().stream().map(PrizeRow::id).collect(toSet());
        var history = new PrizeHistory(snapshot);
        Map<Use, Long> used = new HashMap<>();
        long unjudged = 0;
        for (Unit unit : inOrder(snapshot)) {
            List<PrizeRules> inForce = history.at(unit.prize(), unit.at());
            if (inForce.isEmpty() && !unit.isItem()) {
                if (prizes.contains(unit.prize())) {
                    unjudged++;
                } else {
                    findings.violated("reward %s is of prize %s, which does not exist"
                            .formatted(unit.reward(), unit.prize().id()));
                    continue;
                }
            }
            count(used, unit.prize(), unit.player(), unit.at(), (what, count) -> {
                long limit = CampaignHistory.highest(
                        inForce, what.epochDay() == Snapshot.EVER ? PrizeRules::perPlayer : PrizeRules::perDay);
                if (limit > 0 && count > limit) {
                    findings.violated("%s is award %d of %s to %s%s, and %d are allowed"
                            .formatted(unit.reward(), count, unit.prize(), unit.player(), day(what), limit));
                }
            });
        }
        if (unjudged > 0) {
            findings.note("%d awards are older than what is kept of their prizes: their caps are not judged"
                    .formatted(unjudged));
        }
        return used;
    }

    /** As they were taken. */
    private static List<Unit> inOrder(Snapshot snapshot) {
        Map<Ref, Long> numbers =
                snapshot.plays().stream().collect(toMap(PlayRow::id, PlayRow::number, (first, _) -> first));
        return Stream.concat(
                        snapshot.rewards().stream()
                                .map(reward -> Unit.of(reward, numbers.getOrDefault(reward.playRef(), 0L))),
                        snapshot.sagas().reservations().stream().map(Unit::of))
                .sorted(Comparator.comparing(Unit::at)
                        .thenComparingLong(Unit::number)
                        .thenComparingInt(Unit::ordinal))
                .toList();
    }

    private static void count(Map<Use, Long> used, Ref subject, String player, Instant at, ObjLongConsumer<Use> judge) {
        int today = (int) LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
        for (int day : new int[] {Snapshot.EVER, today}) {
            var use = new Use(subject, player, day);
            judge.accept(use, used.merge(use, 1L, Long::sum));
        }
    }

    private static void compare(String what, List<Counter> counters, Map<Use, Long> used, Findings findings) {
        for (Counter counter : counters) {
            var use = new Use(counter.subject(), counter.player(), counter.epochDay());
            long counted = used.getOrDefault(use, 0L);
            if (counted != counter.count()) {
                findings.violated("the platform counts %d %s of %s by %s%s, and there are %d"
                        .formatted(counter.count(), what, use.subject(), use.player(), day(use), counted));
            }
        }
    }

    private static String day(Use use) {
        return use.epochDay() == Snapshot.EVER ? "" : " on " + LocalDate.ofEpochDay(use.epochDay());
    }
}
