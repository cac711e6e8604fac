package io.fanfare.store.prize;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.RewardState;
import org.jspecify.annotations.Nullable;

/**
 * What a player won, as kept: name, picture and value are those of the prize when it was won.
 *
 * @param code of the voucher; null where it has none
 */
public record RewardRecord(
        TenantId tenant,
        RewardId id,
        PlayerId player,
        PrizeId prize,
        GameId game,
        RewardCause cause,
        String name,
        @Nullable String image,
        PrizeType type,
        long quantity,
        long value,
        @Nullable String code,
        RewardState state) {

    RewardRecord in(RewardState next) {
        return new RewardRecord(tenant, id, player, prize, game, cause, name, image, type, quantity, value, code, next);
    }
}
