package io.fanfare.store.prize;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.RewardState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was taken off the shelf for a player, about to become their reward.
 *
 * @param ordinal place among the rewards of its cause, from 0
 * @param code of the voucher; null where it has none
 * @param state in which it begins its life
 */
public record NewReward(
        TenantId tenant,
        RewardId id,
        PlayerId player,
        PrizeId prize,
        GameId game,
        RewardCause cause,
        int ordinal,
        String name,
        @Nullable String image,
        PrizeType type,
        long quantity,
        long value,
        @Nullable String code,
        RewardState state) {

    public NewReward {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
        requireNonNull(cause, "cause");
        requireNonNull(state, "state");
    }

    /** The currency that it is credited in; empty where it is no credit. */
    Optional<String> currency() {
        return Prize.currency(type, name);
    }

    /** What it adds to the wallet, where it is a credit. */
    long credit() {
        return Math.multiplyExact(value, quantity);
    }
}
