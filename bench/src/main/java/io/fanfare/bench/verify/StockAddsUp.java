package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.CodeRow;
import io.fanfare.bench.verify.Snapshot.PrizeRow;
import io.fanfare.bench.verify.Snapshot.PrizeRules;
import io.fanfare.bench.verify.Snapshot.Reservation;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.StockMovement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was put in, less what remains, was awarded and did not come back, or is set aside for a redemption that is pending; a code goes to one reward and thus to one player. What
 * comes back and what becomes void is what the life of its reward says.
 */
final class StockAddsUp {

    private StockAddsUp() {}

    private record Code(Ref prize, String code) {}

    static Check check(Snapshot snapshot) {
        var findings = new Findings(3, "stock adds up");
        findings.saw(snapshot.prizes().size()
                + snapshot.movements().size()
                + snapshot.codes().size()
                + snapshot.rewards().size());
        stock(snapshot, findings);
        codes(snapshot, findings);
        ReservationsEnd.check(snapshot, findings);
        LivesAreWhole.check(snapshot, findings);
        findings.note("%d prizes, %d rewards, %d codes"
                .formatted(
                        snapshot.prizes().size(),
                        snapshot.rewards().size(),
                        snapshot.codes().size()));
        return findings.result();
    }

    private static void stock(Snapshot snapshot, Findings findings) {
        Map<Ref, Long> putIn = snapshot.movements().stream()
                .collect(groupingBy(StockMovement::prize, summingLong(StockMovement::delta)));
        Map<Ref, Long> awarded = snapshot.rewards().stream()
                .filter(reward -> !reward.isCredit() && !reward.life().isUnitReturned())
                .collect(groupingBy(RewardRow::prizeRef, Collectors.counting()));
        Map<Ref, Long> reserved = snapshot.sagas().reservations().stream()
                .filter(Reservation::isUnitTaken)
                .collect(groupingBy(Reservation::prizeRef, Collectors.counting()));
        for (PrizeRow prize : snapshot.prizes()) {
            Long total = prize.total();
            Long remaining = prize.remaining();
            if (total == null || remaining == null) {
                continue;
            }
            long moved = putIn.getOrDefault(prize.id(), 0L);
            long given = awarded.getOrDefault(prize.id(), 0L);
            if (remaining < 0) {
                findings.violated("%d of prize %s remain".formatted(remaining, prize.id()));
            }
            if (moved != total) {
                findings.violated(
                        "movements put %d of prize %s in, its total says %d".formatted(moved, prize.id(), total));
            }
            long setAside = reserved.getOrDefault(prize.id(), 0L);
            if (moved - remaining != given + setAside) {
                findings.violated("prize %s: %d put in, %d remain, %d awarded, %d reserved"
                        .formatted(prize.id(), moved, remaining, given, setAside));
            }
        }
    }

    private static void codes(Snapshot snapshot, Findings findings) {
        Map<Ref, RewardRow> rewards =
                snapshot.rewards().stream().collect(toMap(RewardRow::id, Function.identity(), (first, _) -> first));
        Map<Ref, Reservation> reserved = snapshot.sagas().reservations().stream()
                .collect(toMap(Reservation::reward, Function.identity(), (first, _) -> first));
        Map<Code, String> givenTo = new HashMap<>();
        for (CodeRow code : snapshot.codes()) {
            if (code.reward() == null) {
                continue;
            }
            givenTo.put(new Code(code.prize(), code.code()), code.reward());
            var id = new Ref(code.prize().tenant(), code.reward());
            RewardRow reward = rewards.get(id);
            Reservation reservation = reserved.get(id);
            if (reward == null && reservation != null) {
                if (!code.code().equals(reservation.code())
                        || !reservation.prizeRef().equals(code.prize())) {
                    findings.violated("a code of prize %s is reserved by redemption %s, which has another"
                            .formatted(code.prize(), reservation.redemption()));
                }
            } else if (reward == null) {
                findings.violated("a code of prize %s was given to reward %s, which does not exist"
                        .formatted(code.prize(), code.reward()));
            } else if (!code.code().equals(reward.code()) || !reward.prizeRef().equals(code.prize())) {
                findings.violated("a code of prize %s was given to reward %s, which has another"
                        .formatted(code.prize(), code.reward()));
            }
        }
        var history = new PrizeHistory(snapshot);
        Map<Code, RewardRow> holders = new HashMap<>();
        for (RewardRow reward : snapshot.rewards()) {
            if (reward.code() == null) {
                List<PrizeRules> inForce = history.at(reward.prizeRef(), reward.at());
                if (!inForce.isEmpty() && inForce.stream().allMatch(PrizeRules::needsCode)) {
                    findings.violated("reward %s needs a code and has none".formatted(reward.id()));
                }
                continue;
            }
            var code = new Code(reward.prizeRef(), reward.code());
            RewardRow other = holders.putIfAbsent(code, reward);
            if (other != null) {
                findings.violated("one code of prize %s is held by %s and by %s"
                        .formatted(code.prize(), other.player(), reward.player()));
            }
            if (!reward.id().id().equals(givenTo.get(code))) {
                findings.violated("reward %s has a code that was not given to it".formatted(reward.id()));
            }
        }
    }
}
