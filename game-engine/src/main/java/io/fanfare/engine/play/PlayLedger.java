package io.fanfare.engine.play;

import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions and plays are kept. A play that it commits is a fact: its session is consumed, its limits are counted, its
 * prizes are taken, its events are on their way, all or nothing.
 */
public interface PlayLedger {

    /**
     * Keeps sessions that were started, in one transaction, each on its own: what breaks one of them does not touch the others.
     *
     * @return one opening per start, in the same order
     * @throws RuntimeException where nobody can keep one now; what became of the starts is then unknown
     */
    List<Opening> open(List<PendingStart> starts);

    /** Keeps one that was started under no idempotency key. */
    default void open(Session session) {
        switch (open(List.of(PendingStart.withoutKey(session))).getFirst()) {
            case Opening.Opened() -> {}
            case Opening.Failed(RuntimeException why) -> throw why;
            case Opening.AnsweredBefore _, Opening.KeyReused _ ->
                throw new IllegalStateException(
                        "session %s came without a key, and was answered before".formatted(session.id()));
        }
    }

    Optional<Session> session(TenantId tenant, SessionId id);

    /** How often the player has played; {@code now} says which UTC day today is. */
    PlayCounts counts(TenantId tenant, GameId game, PlayerId player, Instant now);

    /** What the player has used up of the game's limits and its campaign's, and has left of its turns. */
    Allowance allowance(Game game, PlayerId player, Instant now);

    /**
     * Makes plays facts, in one transaction, each on its own: what refuses or breaks one of them does not touch the others.
     *
     * @return one outcome per play, in the same order
     * @throws RuntimeException where nobody can commit now; what became of the plays is then unknown
     */
    List<Outcome> commit(List<PendingPlay> plays);

    /**
     * Makes an end of a session whose player cheated, and keeps the attempt with its verdict. No turn is taken.
     *
     * @param traceparent W3 trace context of the request; null where none
     * @return false where the session was consumed before; then nothing is kept
     */
    boolean burn(CaughtPlay play, @Nullable String traceparent);

    /**
     * A player's plays of a game, newest first.
     *
     * @param before continue behind this play; null = from the newest
     */
    List<CommittedPlay> history(TenantId tenant, GameId game, PlayerId player, @Nullable PlayId before, int limit);

    /** What became of a start. */
    sealed interface Opening {

        record Opened() implements Opening {}

        /** The idempotency key was used for the same request before; this is what was answered. */
        record AnsweredBefore(KeptAnswer answer) implements Opening {}

        /** The idempotency key was used for another request before. */
        record KeyReused() implements Opening {}

        /** The ledger broke over this session, and it is not kept. A bug, here or in what the session carries. */
        record Failed(RuntimeException why) implements Opening {}
    }

    /** What became of a play. */
    sealed interface Outcome {

        record Committed(CommittedPlay play) implements Outcome {}

        /** Another play took the session first. */
        record SessionConsumed() implements Outcome {}

        /** Another play fixed the session's client seed first, and to another one. */
        record ClientSeedFixed() implements Outcome {}

        /** Another play took the last turn first. */
        record OutOfTurns() implements Outcome {}

        /** The prize cannot be had, and the game says that the play then fails; the session's client seed is fixed by it. */
        record PrizeUnavailable(PrizeId prize, Unavailability why) implements Outcome {}

        /** The idempotency key was used for the same request before; this is what was answered. */
        record AnsweredBefore(KeptAnswer answer) implements Outcome {}

        /** The idempotency key was used for another request before. */
        record KeyReused() implements Outcome {}

        /** The ledger broke over this play, and it is not committed. A bug, here or in what the play carries. */
        record Failed(RuntimeException why) implements Outcome {}
    }
}
