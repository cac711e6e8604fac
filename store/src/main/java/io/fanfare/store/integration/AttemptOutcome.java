package io.fanfare.store.integration;

import java.time.Instant;

/** Where a delivery goes after an attempt. */
public sealed interface AttemptOutcome {

    /** The endpoint has it. */
    record Delivered() implements AttemptOutcome {}

    /** Another attempt may succeed. */
    record Retry(Instant at) implements AttemptOutcome {}

    /** No attempt will succeed, or there were enough of them. */
    record Dead() implements AttemptOutcome {}

    /** As it stands in metrics and in the attempts log. */
    default String word() {
        return switch (this) {
            case Delivered() -> "delivered";
            case Retry _ -> "retry";
            case Dead() -> "dead";
        };
    }
}
