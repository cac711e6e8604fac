package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import java.time.Duration;

/**
 * What a player claims to have done with a session.
 *
 * @param seed what the session was dealt
 * @param input what the client sent, every field of it known to the shape
 * @param elapsed since the session was opened, by the server's clock
 */
public record Attempt(Document seed, Document input, Duration elapsed) {

    /** What can be asked of a player to take at most: a session ends a minute later. */
    public static final Duration LONGEST = Duration.ofMinutes(9);
}
