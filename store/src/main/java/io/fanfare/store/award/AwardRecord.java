package io.fanfare.store.award;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import java.time.Instant;

/** An award as kept. */
public record AwardRecord(
        AwardId id, AwardKey key, GameId game, PrizeId prize, AwardState state, Instant createdAt, Instant updatedAt) {

    public AwardRecord {
        requireNonNull(id, "id");
        requireNonNull(key, "key");
        requireNonNull(state, "state");
    }

    public AwardRecord in(AwardState next, Instant now) {
        return new AwardRecord(id, key, game, prize, next, createdAt, now);
    }
}
