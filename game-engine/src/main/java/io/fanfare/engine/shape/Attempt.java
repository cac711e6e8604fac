package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.Kind;
import java.time.Duration;
import java.util.Optional;

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

    private static final Duration LONGEST_BEFORE = Duration.ofDays(1);

    /** Milliseconds that a game may give a player, or ask of one; 0 for none. Beside it goes {@link #tooLong}. */
    static Kind<Long> time() {
        return Kind.loweredInteger(0, LONGEST.toMillis(), LONGEST_BEFORE.toMillis());
    }

    /** What is wrong with a field that goes on after its session has ended. */
    static Optional<FieldViolation> tooLong(String field, long ms) {
        return Optional.of(ms)
                .filter(time -> time > LONGEST.toMillis())
                .map(time -> new FieldViolation(
                        field, "lasts %d ms, expected at most %d".formatted(time, LONGEST.toMillis())));
    }
}
