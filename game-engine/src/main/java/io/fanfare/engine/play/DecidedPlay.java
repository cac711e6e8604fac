package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.prize.Prize;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A play as the engine decided it. The ledger makes it a fact, or finds that what it needs is gone.
 *
 * @param game the version it was decided under
 * @param clientSeed what the player added to the draws; empty where nothing
 * @param awards what it wins if it can be had
 * @param metadata what the player's screen shows
 * @param score what it adds to score boards; null where the shape has none
 */
public record DecidedPlay(
        PlayId id,
        Game game,
        Session session,
        Document input,
        String clientSeed,
        List<Award> awards,
        Document metadata,
        @Nullable Long score,
        Instant occurredAt) {

    /** @param quantity of a credit; anything else is awarded unit by unit, with quantity 1 */
    public record Award(Prize prize, long quantity) {
        public Award {
            if (quantity < 1 || (quantity > 1 && !prize.type().isCredit())) {
                throw new IllegalArgumentException("%d units of prize %s in one award".formatted(quantity, prize.id()));
            }
            Math.multiplyExact(prize.value(), quantity);
        }

        /** What it adds to the wallet, where it is a credit. */
        public long credit() {
            return Math.multiplyExact(prize.value(), quantity);
        }
    }

    public DecidedPlay {
        requireNonNull(id, "id");
        awards = List.copyOf(awards);
    }
}
