package io.fanfare.engine.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * Who plays in a simulation, and when.
 *
 * @param plays 1 to {@value #MAX_PLAYS}
 * @param players at least 1; they take turns
 * @param from the first play
 * @param until all plays are spread evenly over the time from {@code from}
 */
public record Crowd(long plays, long players, Instant from, Instant until) {

    public static final long MAX_PLAYS = 1_000_000;

    public Crowd {
        if (plays < 1 || plays > MAX_PLAYS) {
            throw new IllegalArgumentException("plays is %d, expected 1 to %d".formatted(plays, MAX_PLAYS));
        }
        if (players < 1) {
            throw new IllegalArgumentException("players is %d, expected at least 1".formatted(players));
        }
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("until %s is before from %s".formatted(until, from));
        }
    }

    /** Everybody plays once, within a day. */
    public static Crowd of(long plays, Instant from) {
        return new Crowd(plays, plays, from, from.plus(Duration.ofDays(1)));
    }

    Instant momentOf(long play) {
        // By division first: milliseconds times plays would not fit for a campaign of a century.
        long millis = Duration.between(from, until).toMillis();
        return from.plusMillis((long) ((double) millis * play / plays));
    }

    long playerOf(long play) {
        return play % players;
    }
}
