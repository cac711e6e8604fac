package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A started session on its way into the ledger.
 *
 * @param claim the idempotency key that the start came with; null where none
 * @param answer what the caller is told, kept with the claim in the same transaction; null where there is no claim
 */
public record PendingStart(
        Session session,
        @Nullable IdempotencyClaim claim,
        @Nullable KeptAnswer answer) {

    public PendingStart {
        requireNonNull(session, "session");
        if ((claim == null) != (answer == null)) {
            throw new IllegalArgumentException(
                    "session %s comes with a claim or an answer, expected both or none".formatted(session.id()));
        }
    }

    public static PendingStart withoutKey(Session session) {
        return new PendingStart(session, null, null);
    }
}
