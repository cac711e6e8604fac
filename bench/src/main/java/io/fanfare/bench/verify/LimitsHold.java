package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.CampaignRules;
import io.fanfare.bench.verify.Snapshot.Counter;
import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.PrizeRow;
import io.fanfare.bench.verify.Snapshot.Reservation;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/**
 * Nobody played a game, or the games of a campaign together, or was awarded a prize more often than was allowed at the time; turns,
 * budgets and winning moments were not exceeded. Days are UTC days. What the platform counted itself is compared with the rows.
 */
final class LimitsHold {

    /** A play may have been decided by a prize as it was until shortly before. */
    private static final Duration IN_FLIGHT = Duration.ofMinutes(1);

    private LimitsHold() {}

    /** Somebody's use of something: plays of a game, awards of a prize. */
    private record Use(Ref subject, String player, int epochDay) {}

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

    private static Map<Use, Long> awards(Snapshot snapshot, Findings findings) {
        Map<Ref, PrizeRow> prizes =
                snapshot.prizes().stream().collect(toMap(PrizeRow::id, Function.identity(), (first, _) -> first));
        Map<Ref, Long> numbers =
                snapshot.plays().stream().collect(toMap(PlayRow::id, PlayRow::number, (first, _) -> first));
        Map<Use, Long> used = new HashMap<>();
        List<RewardRow> inOrder = snapshot.rewards().stream()
                .sorted(Comparator.comparingLong((RewardRow reward) -> numbers.getOrDefault(reward.playRef(), 0L))
                        .thenComparingInt(RewardRow::ordinal))
                .toList();
        for (RewardRow reward : inOrder) {
            PrizeRow prize = prizes.get(reward.prizeRef());
            if (prize == null && reward.isItem()) {
                count(used, reward.prizeRef(), reward.player().id(), reward.at(), (_, _) -> {});
                continue;
            }
            if (prize == null) {
                findings.violated(
                        "reward %s is of prize %s, which does not exist".formatted(reward.id(), reward.prize()));
                continue;
            }
            count(used, prize.id(), reward.player().id(), reward.at(), (what, count) -> {
                long limit = what.epochDay() == Snapshot.EVER ? prize.perPlayer() : prize.perDay();
                if (limit > 0 && count > limit && isJudgedByNow(prize, reward)) {
                    findings.violated("%s is award %d of %s to %s%s, and %d are allowed"
                            .formatted(
                                    reward.id(),
                                    count,
                                    prize.id(),
                                    reward.player().id(),
                                    day(what),
                                    limit));
                }
            });
        }
        // What is set aside for a redemption counts as if it were won.
        for (Reservation reserved : snapshot.sagas().reservations()) {
            count(used, reserved.prizeRef(), reserved.player().id(), reserved.at(), (_, _) -> {});
        }
        return used;
    }

    /** Only the newest revision of a prize is kept: what was awarded under an earlier one cannot be judged. */
    private static boolean isJudgedByNow(PrizeRow prize, RewardRow reward) {
        return prize.revision() == 1 || reward.at().isAfter(prize.updatedAt().plus(IN_FLIGHT));
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
