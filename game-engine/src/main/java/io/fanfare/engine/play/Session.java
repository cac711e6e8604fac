package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldsRefused;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.shape.Attempt;
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
 * @param clientSeed what the player adds to its draws, once that is fixed: by the start that named one, or by the first play
 *     that drew, even where it failed. From then on it cannot be another, or a player could roll until it likes the result.
 *     Null until then
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
        @Nullable Instant consumedAt,
        @Nullable String clientSeed) {

    public static final Duration TIME_TO_LIVE = Attempt.LONGEST.plusMinutes(1);

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

    /** A session whose client seed is still open. */
    public Session(
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
        this(id, tenant, game, gameRevision, player, seed, serverSeed, startedAt, expiresAt, consumedAt, null);
    }

    public Session consumed(Instant at) {
        return new Session(
                id, tenant, game, gameRevision, player, seed, serverSeed, startedAt, expiresAt, at, clientSeed);
    }

    /** The same session with its client seed fixed; one that is fixed stays as it is. */
    public Session fixing(String seedOfPlayer) {
        return clientSeed != null
                ? this
                : new Session(
                        id,
                        tenant,
                        game,
                        gameRevision,
                        player,
                        seed,
                        serverSeed,
                        startedAt,
                        expiresAt,
                        consumedAt,
                        seedOfPlayer);
    }

    /** Whether it can be played with this client seed. */
    public boolean allows(String seedOfPlayer) {
        return clientSeed == null || clientSeed.equals(seedOfPlayer);
    }

    /**
     * The client seed that a play draws with.
     *
     * @param asked what the player sends now; empty: whatever is fixed
     * @throws FieldsRefused where another one is fixed
     */
    String clientSeedFor(String asked) {
        if (clientSeed != null && asked.isEmpty()) {
            return clientSeed;
        }
        if (!allows(asked)) {
            throw new FieldsRefused(
                    "client_seed", "is '%s', but this session has drawn with another one".formatted(asked));
        }
        return asked;
    }

    boolean isFor(Game game, PlayerId player) {
        return this.tenant.equals(game.tenant()) && this.game.equals(game.id()) && this.player.equals(player);
    }

    boolean isConsumed() {
        return consumedAt != null;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
