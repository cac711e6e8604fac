package io.fanfare.play.reward;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.engine.reward.Rewarding.Why;
import io.fanfare.play.Times;
import io.fanfare.store.prize.RewardCause;
import io.fanfare.store.prize.RewardChange;
import io.fanfare.store.prize.RewardRecord;
import io.fanfare.store.prize.RewardTimes;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reward as its player and operators see it.
 *
 * @param status won, claimed, fulfilled, revoked or expired
 * @param code of the voucher; null where it has none, or it is void
 * @param cause what it is for: play, redemption or award
 * @param playId of the play that won it; null where none did
 * @param createdAt when it was won
 * @param expiresAt the first second at which it cannot be claimed any more; 0 = never, or it is past that
 * @param claimedAt 0 = it was not, as the times that follow
 */
record RewardItem(
        RewardId rewardId,
        PrizeId prizeId,
        String name,
        @Nullable String image,
        String type,
        long quantity,
        long value,
        String status,
        @Nullable String code,
        GameId gameId,
        String cause,
        @Nullable String playId,
        long createdAt,
        long expiresAt,
        long claimedAt,
        long fulfilledAt,
        long expiredAt,
        long revokedAt) {

    static RewardItem of(RewardRecord reward) {
        var times = RewardTimes.of(reward.state());
        return new RewardItem(
                reward.id(),
                reward.prize(),
                reward.name(),
                reward.image(),
                reward.type().wireName(),
                reward.quantity(),
                reward.value(),
                reward.state().wireName(),
                isVoid(reward.state()) ? null : reward.code(),
                reward.game(),
                reward.cause().kind(),
                reward.cause() instanceof RewardCause.OfPlay play ? play.id() : null,
                Times.seconds(reward.state().wonAt()),
                reward.state() instanceof RewardState.Won won ? Times.seconds(won.expiresAt()) : 0,
                Times.seconds(times.claimedAt()),
                Times.seconds(times.fulfilledAt()),
                Times.seconds(times.expiredAt()),
                Times.seconds(times.revokedAt()));
    }

    /** The reward after a step; refused where it was not legal. */
    static RewardItem changed(RewardId id, RewardChange change) {
        return switch (change) {
            case RewardChange.Moved(RewardRecord reward) -> of(reward);
            case RewardChange.RewardNotFound() -> throw Refused.notFound("reward", id);
            case RewardChange.Refused(RewardRecord reward, Why why) -> throw refused(reward.state(), why);
        };
    }

    private static boolean isVoid(RewardState state) {
        return switch (state) {
            case RewardState.Won _, RewardState.Claimed _, RewardState.Fulfilled _ -> false;
            case RewardState.Revoked _, RewardState.Expired _ -> true;
        };
    }

    private static Refused refused(RewardState state, Why why) {
        var facts = Map.of("status", state.wireName(), "why", why.name().toLowerCase(Locale.ROOT));
        return switch (why) {
            case ALREADY_CLAIMED -> new Refused(Reason.REWARD_INVALID_STATE, "the reward was claimed before", facts);
            case EXPIRED -> new Refused(Reason.REWARD_INVALID_STATE, "the reward's time is over", facts);
            case NOT_DUE, ILLEGAL ->
                new Refused(
                        Reason.REWARD_INVALID_STATE,
                        "the reward is %s, which does not allow this step".formatted(state.wireName()),
                        facts);
        };
    }
}
