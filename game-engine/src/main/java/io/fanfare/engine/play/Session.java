package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One permission to play one game once.
 *
 * @param gameRevision the version of the game that it was opened under
 * @param seed what was dealt to it
 * @param serverSeed the secret behind its draws
 * @param consumedAt when it was played; null while it is open
 */
public record Session(
        SessionId id,
        TenantId tenant,
        GameId game,
        long gameRevision,
        PlayerId player,
        Document seed,
        ServerSeed serverSeed,
        Instant startedAt,
        Instant expiresAt,
        @Nullable Instant consumedAt) {

    public static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

    public Session {
        requireNonNull(id, "id");
        requireNonNull(tenant, "tenant");
        requireNonNull(game, "game");
        requireNonNull(player, "player");
        requireNonNull(seed, "seed");
        requireNonNull(serverSeed, "serverSeed");
        if (!startedAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException(
                    "session %s starts at %s and expires at %s".formatted(id, startedAt, expiresAt));
        }
    }

    boolean isFor(GameId game, PlayerId player) {
        return this.game.equals(game) && this.player.equals(player);
    }

    boolean isConsumed() {
        return consumedAt != null;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
