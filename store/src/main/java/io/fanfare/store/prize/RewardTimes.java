package io.fanfare.store.prize;

import io.fanfare.engine.reward.RewardState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a reward came to the states that it has been in since it was won; null = it has not been there. */
public record RewardTimes(
        @Nullable Instant claimedAt,
        @Nullable Instant fulfilledAt,
        @Nullable Instant expiredAt,
        @Nullable Instant revokedAt) {

    public static RewardTimes of(RewardState state) {
        return switch (state) {
            case RewardState.Won _ -> new RewardTimes(null, null, null, null);
            case RewardState.Claimed claimed -> new RewardTimes(claimed.claimedAt(), null, null, null);
            case RewardState.Fulfilled fulfilled ->
                new RewardTimes(fulfilled.claimedAt(), fulfilled.fulfilledAt(), null, null);
            case RewardState.Expired expired -> new RewardTimes(null, null, expired.expiredAt(), null);
            case RewardState.Revoked revoked -> of(revoked.before()).revoked(revoked.revokedAt());
        };
    }

    private RewardTimes revoked(Instant at) {
        return new RewardTimes(claimedAt, fulfilledAt, expiredAt, at);
    }
}
