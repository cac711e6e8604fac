package io.fanfare.store.prize;

import org.jspecify.annotations.Nullable;

/**
 * Who takes a step with a reward, and why.
 *
 * @param name a player's id, an operator's, or that of a part of the platform; at most {@value #MAX_NAME} characters
 * @param reason for people, at most {@value #MAX_REASON} characters; null where none was given
 * @param traceparent of the request; null where none
 */
public record Actor(
        String name, @Nullable String reason, @Nullable String traceparent) {

    public static final int MAX_NAME = 200;
    public static final int MAX_REASON = 500;

    public Actor {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "the actor's name has %d characters, expected 1 to %d".formatted(name.length(), MAX_NAME));
        }
        if (reason != null && reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "the reason has %d characters, expected at most %d".formatted(reason.length(), MAX_REASON));
        }
    }
}
