package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import java.time.Instant;

/**
 * An attempt to play that cannot be true. It burns its session, is kept with its verdict, takes no turn and wins nothing.
 *
 * @param game the version it was judged under
 */
public record CaughtPlay(PlayId id, Game game, Session session, Document input, Cheating verdict, Instant occurredAt) {

    public CaughtPlay {
        requireNonNull(id, "id");
        requireNonNull(game, "game");
        requireNonNull(session, "session");
        requireNonNull(verdict, "verdict");
    }
}
