package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Snapshot.AwardRow;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a redemption has set aside ends with it: granted, it is the player's reward; refused, nothing of it is left, neither a code nor
 * the right to what can be had once.
 */
final class ReservationsEnd {

    private ReservationsEnd() {}

    static void check(Snapshot snapshot, Findings findings) {
        Map<Ref, RewardRow> rewards =
                snapshot.rewards().stream().collect(toMap(RewardRow::id, Function.identity(), (first, _) -> first));
        rewards(snapshot, rewards, findings);
        codes(snapshot, findings);
        awards(snapshot, rewards, findings);
        findings.saw(snapshot.sagas().redemptions().size()
                + snapshot.sagas().awards().size());
    }

    private static void rewards(Snapshot snapshot, Map<Ref, RewardRow> rewards, Findings findings) {
        for (RedemptionRow redemption : snapshot.sagas().redemptions()) {
            RewardRow reward = rewards.get(redemption.unit().reward());
            if (redemption.isGranted() && reward == null) {
                findings.violated("redemption %s is granted, and its reward %s does not exist"
                        .formatted(redemption.id(), redemption.unit().reward()));
            } else if (!redemption.isGranted() && reward != null) {
                findings.violated("redemption %s is %s, and its reward %s exists"
                        .formatted(redemption.id(), redemption.status(), reward.id()));
            } else if (reward != null
                    && (!reward.player().equals(redemption.unit().player())
                            || !reward.prizeRef().equals(redemption.unit().prizeRef()))) {
                findings.violated("redemption %s by %s of prize %s has reward %s of %s, of prize %s"
                        .formatted(
                                redemption.id(),
                                redemption.unit().player(),
                                redemption.unit().prizeRef(),
                                reward.id(),
                                reward.player(),
                                reward.prizeRef()));
            }
        }
    }

    private static void codes(Snapshot snapshot, Findings findings) {
        Map<Ref, RedemptionRow> refused = snapshot.sagas().redemptions().stream()
                .filter(redemption -> redemption.status().equals("refused"))
                .collect(toMap(redemption -> redemption.unit().reward(), Function.identity(), (first, _) -> first));
        snapshot.codes().stream().filter(code -> code.reward() != null).forEach(code -> {
            RedemptionRow holder = refused.get(new Ref(code.prize().tenant(), String.valueOf(code.reward())));
            if (holder != null) {
                findings.violated("a code of prize %s is still reserved by redemption %s, which is refused"
                        .formatted(code.prize(), holder.id()));
            }
        });
    }

    private static void awards(Snapshot snapshot, Map<Ref, RewardRow> rewards, Findings findings) {
        Map<Ref, RedemptionRow> redemptions = snapshot.sagas().redemptions().stream()
                .collect(toMap(RedemptionRow::id, Function.identity(), (first, _) -> first));
        for (AwardRow award : snapshot.sagas().awards()) {
            RedemptionRow by = award.redemption() == null
                    ? null
                    : redemptions.get(new Ref(award.id().tenant(), award.redemption()));
            boolean isHeld = by != null && by.isPending() && award.id().id().equals(by.award());
            if (award.status().equals("reserved") && !isHeld) {
                findings.violated("award %s is reserved by redemption %s, which is %s"
                        .formatted(award.id(), award.redemption(), by == null ? "not there" : by.status()));
            }
            RewardRow reward = award.reward() == null
                    ? null
                    : rewards.get(new Ref(award.id().tenant(), award.reward()));
            if (award.status().equals("awarded")
                    && (reward == null || !reward.player().equals(award.player()))) {
                findings.violated("award %s of %s is awarded, and its reward is %s"
                        .formatted(award.id(), award.player(), reward));
            }
        }
        held(snapshot, findings);
    }

    /** What can be had once was had once, and what is being redeemed is kept from others. */
    private static void held(Snapshot snapshot, Findings findings) {
        Set<Ref> reserved = snapshot.sagas().awards().stream()
                .filter(award -> award.status().equals("reserved"))
                .map(AwardRow::id)
                .collect(toSet());
        Map<Ref, Ref> granted = new HashMap<>();
        for (RedemptionRow redemption : snapshot.sagas().redemptions()) {
            if (redemption.award() == null) {
                continue;
            }
            var award = new Ref(redemption.id().tenant(), redemption.award());
            if (redemption.isPending() && !reserved.contains(award)) {
                findings.violated(
                        "redemption %s is pending, and nobody has reserved award %s".formatted(redemption.id(), award));
            }
            Ref other = redemption.isGranted() ? granted.putIfAbsent(award, redemption.id()) : null;
            if (other != null) {
                findings.violated(
                        "award %s was granted to redemption %s and to %s".formatted(award, other, redemption.id()));
            }
        }
    }
}
