package io.fanfare.worker.integration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happened when something was sent to an endpoint. */
sealed interface SendResult {

    /**
     * The endpoint answered.
     *
     * @param beginning of the answer's body
     * @param retryAfter how long it asks to be left alone; null where it does not
     */
    record Answered(int status, String beginning, @Nullable Duration retryAfter) implements SendResult {}

    /** No answer: no connection, no name, no patience left. */
    record Unreachable(String why) implements SendResult {}

    /** Nothing was sent: the platform does not send to this address. */
    record Forbidden(String why) implements SendResult {}
}
