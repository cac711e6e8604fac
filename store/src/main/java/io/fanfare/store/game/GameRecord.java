package io.fanfare.store.game;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.shape.GameShape;
import java.time.Instant;

/**
 * One revision of a game, as kept.
 *
 * @param revision from 1; every change makes a new one
 * @param createdAt of the game
 * @param updatedAt of this revision
 */
public record GameRecord(
        TenantId tenant, GameId id, long revision, GameDefinition definition, Instant createdAt, Instant updatedAt) {

    public GameRecord {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
        requireNonNull(definition, "definition");
    }

    /** The game to be played, with its configuration read into the shape. */
    public Game shapedAs(GameShape shape) {
        return new Game(
                id,
                tenant,
                definition.merchant(),
                definition.campaign(),
                definition.name(),
                definition.type(),
                definition.status(),
                definition.rules(),
                shape,
                definition.onUnavailable(),
                definition.walletScope(),
                revision);
    }
}
