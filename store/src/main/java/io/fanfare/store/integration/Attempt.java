package io.fanfare.store.integration;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver, for the log. Long texts are cut.
 *
 * @param httpStatus what the endpoint answered; null where it did not
 * @param detail for people: why it failed, or that it did not
 * @param response the beginning of the answer's body
 */
public record Attempt(
        Instant startedAt, Duration took, @Nullable Integer httpStatus, String detail, String response) {

    static final int MAX_DETAIL_LENGTH = 500;
    public static final int MAX_RESPONSE_LENGTH = 1000;

    public Attempt {
        detail = Text.limited(detail, MAX_DETAIL_LENGTH);
        response = Text.limited(response, MAX_RESPONSE_LENGTH);
    }
}
