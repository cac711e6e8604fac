package io.fanfare.store.redemption;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.ScopeKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A redemption as kept.
 *
 * @param milestone as it was when it was asked for
 * @param award where the milestone can be had once; null where it can be had again
 * @param walletNumber of its command
 * @param claim the idempotency key that it was asked for with; null where none, or it is past its time
 */
public record RedemptionRecord(
        RedemptionKey key,
        PlayerId player,
        GameId game,
        long gameRevision,
        MilestoneMode mode,
        Currency currency,
        Milestone milestone,
        ScopeKey scope,
        long walletNumber,
        @Nullable AwardId award,
        SetAside unit,
        @Nullable IdempotencyClaim claim,
        @Nullable String traceparent,
        Instant requestedAt,
        RedemptionState state) {

    /**
     * The unit that is set aside, or was given: what the prize was when it was taken.
     *
     * @param reward its id, as soon as it is granted
     * @param isOfLimitedStock whether there is one less in stock
     */
    public record SetAside(
            RewardId reward,
            PrizeId prize,
            String name,
            @Nullable String image,
            PrizeType type,
            long value,
            @Nullable String code,
            boolean isOfLimitedStock) {
        public SetAside {
            requireNonNull(reward, "reward");
            requireNonNull(prize, "prize");
        }
    }

    public RedemptionRecord {
        requireNonNull(key, "key");
        requireNonNull(player, "player");
        requireNonNull(milestone, "milestone");
        requireNonNull(unit, "unit");
        requireNonNull(state, "state");
    }

    RedemptionRecord in(RedemptionState next) {
        return new RedemptionRecord(
                key,
                player,
                game,
                gameRevision,
                mode,
                currency,
                milestone,
                scope,
                walletNumber,
                award,
                unit,
                claim,
                traceparent,
                requestedAt,
                next);
    }
}
