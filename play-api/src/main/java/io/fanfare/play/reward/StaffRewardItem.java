package io.fanfare.play.reward;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.play.Times;
import io.fanfare.store.prize.RewardCase;
import io.fanfare.store.prize.TakenStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward as those see it who hand it out: as its player does, and whose it is, and who has done what with it.
 *
 * @param redemptionMode how its prize is redeemed, as it is configured now; null where there is no such prize, as of a game's own items
 * @param causeId the play, redemption or award that it is for
 * @param steps that were taken with it since it was won, in their order
 */
record StaffRewardItem(
        RewardId rewardId,
        PlayerId playerId,
        PrizeId prizeId,
        String name,
        @Nullable String image,
        String type,
        long quantity,
        long value,
        String status,
        @Nullable String redemptionMode,
        @Nullable String code,
        GameId gameId,
        String cause,
        String causeId,
        long createdAt,
        long expiresAt,
        long claimedAt,
        long fulfilledAt,
        long expiredAt,
        long revokedAt,
        List<Step> steps) {

    /**
     * @param step claim, fulfil, revoke or expire
     * @param actor the player, an operator, or {@code expiry}
     * @param trace W3C traceparent of the request; null where it had none
     */
    record Step(
            String step,
            String actor,
            @Nullable String reason,
            @Nullable String trace,
            long occurredAt) {

        static Step of(TakenStep taken) {
            return new Step(
                    taken.step(), taken.actor(), taken.reason(), taken.traceparent(), Times.seconds(taken.at()));
        }
    }

    static StaffRewardItem of(RewardCase reward) {
        RewardItem item = RewardItem.of(reward.reward());
        Redemption.Mode mode = reward.mode();
        return new StaffRewardItem(
                item.rewardId(),
                reward.reward().player(),
                item.prizeId(),
                item.name(),
                item.image(),
                item.type(),
                item.quantity(),
                item.value(),
                item.status(),
                mode == null ? null : mode.wireName(),
                item.code(),
                item.gameId(),
                item.cause(),
                reward.reward().cause().id(),
                item.createdAt(),
                item.expiresAt(),
                item.claimedAt(),
                item.fulfilledAt(),
                item.expiredAt(),
                item.revokedAt(),
                reward.steps().stream().map(Step::of).toList());
    }
}
