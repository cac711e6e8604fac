package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to play that could not be true, as it was kept.
 *
 * @param why what gave it away, in words
 * @param facts what gave it away, by name
 * @param traceparent of the request; null where it had none
 */
public record CaughtPlayRecord(
        PlayId id,
        GameId game,
        long gameRevision,
        PlayerId player,
        SessionId session,
        Document input,
        String why,
        Map<String, String> facts,
        @Nullable String traceparent,
        Instant occurredAt) {

    public CaughtPlayRecord {
        requireNonNull(id, "id");
        requireNonNull(game, "game");
        requireNonNull(player, "player");
        requireNonNull(session, "session");
        requireNonNull(input, "input");
        requireNonNull(why, "why");
        facts = Map.copyOf(facts);
        requireNonNull(occurredAt, "occurredAt");
    }
}
