package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A decided play on its way into the ledger.
 *
 * @param claim the idempotency key it came with; null where none
 * @param answer what the caller is told once the play is a fact; kept with the claim in the same transaction. Called at
 *     most once per attempt to commit, must be pure, ignored where there is no claim
 * @param traceparent W3 trace context of the request, continued by its events; null where none
 */
public record PendingPlay(
        DecidedPlay play,
        @Nullable IdempotencyClaim claim,
        Function<CommittedPlay, KeptAnswer> answer,
        @Nullable String traceparent) {

    public PendingPlay {
        requireNonNull(play, "play");
        requireNonNull(answer, "answer");
    }
}
