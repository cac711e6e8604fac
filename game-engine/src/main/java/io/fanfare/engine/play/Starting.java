package io.fanfare.engine.play;

import io.fanfare.engine.fairness.ProvableDraws;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.identity.PlayerId;
import java.time.Instant;

/** Opens a session: the first of the four decisions. */
public final class Starting {

    private Starting() {}

    /** What comes of asking to start. */
    public sealed interface StartDecision {

        record Started(Session session) implements StartDecision {}

        /** The game is not active, or outside its window. */
        record GameNotActive() implements StartDecision {}
    }

    /**
     * @param sessionId a fresh one
     * @param serverSeed a fresh one, from a secure source
     * @param clientSeed what the player adds to the draws of start and play; empty: to those of the play, later
     */
    public static StartDecision start(
            Game game, PlayerId player, SessionId sessionId, ServerSeed serverSeed, String clientSeed, Instant now) {
        if (!game.isOpen(now)) {
            return new StartDecision.GameNotActive();
        }
        var draws = ProvableDraws.atStart(serverSeed, clientSeed, sessionId.value());
        return new StartDecision.Started(new Session(
                sessionId,
                game.tenant(),
                game.id(),
                game.revision(),
                player,
                game.shape().seedGenerator().generate(draws),
                serverSeed,
                now,
                now.plus(Session.TIME_TO_LIVE),
                null,
                clientSeed.isEmpty() ? null : clientSeed));
    }
}
