package io.fanfare.store.granting;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.store.award.AwardKey;
import org.jspecify.annotations.Nullable;

/**
 * A stream app has found that a player has earned something.
 *
 * @param game that it is of
 * @param wallet that its prize is paid into where it is a credit
 * @param traceparent W3 trace context that it continues; null where none
 */
public record Earned(
        AwardKey key,
        GameId game,
        PrizeId prize,
        ScopeKey wallet,
        @Nullable String traceparent) {

    public Earned {
        requireNonNull(key, "key");
        requireNonNull(game, "game");
        requireNonNull(prize, "prize");
        requireNonNull(wallet, "wallet");
    }
}
