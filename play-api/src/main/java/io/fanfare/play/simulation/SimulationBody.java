package io.fanfare.play.simulation;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.simulation.Crowd;
import io.fanfare.play.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who plays in a simulation, and when; all of it may be left out.
 *
 * @param seed the same seed gives the same forecast; left out: any
 * @param players who take turns; left out: everybody plays once
 * @param from unix seconds of the first play; left out: now
 * @param until unix seconds; the plays are spread evenly over the time; left out: a day
 */
record SimulationBody(
        @Nullable Long seed,
        @Nullable Long players,
        @Nullable Long from,
        @Nullable Long until) {

    static final SimulationBody EMPTY = new SimulationBody(null, null, null, null);

    /** Whole in every language that reads JSON. */
    private static final long MAX_SEED = (1L << 53) - 1;

    private static final long LAST_DATE = 253_402_300_799L;

    record Wish(Crowd crowd, long seed) {}

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    Wish read(@Nullable Long plays, Instant now) {
        var violations = new Violations();
        long readPlays = violations.number("plays", plays, 1, Crowd.MAX_PLAYS);
        long readPlayers =
                violations.number("players", requireNonNullElse(players, Math.max(1, readPlays)), 1, Crowd.MAX_PLAYS);
        violations.number("seed", seed, 0, MAX_SEED);
        Instant first = requireNonNullElse(Times.instant(violations.number("from", from, 0, LAST_DATE)), now);
        Instant last = requireNonNullElse(
                Times.instant(violations.number("until", until, 0, LAST_DATE)), first.plus(Duration.ofDays(1)));
        if (last.isBefore(first)) {
            violations.add("until", "is before from");
        }
        violations.refuseAny();
        long readSeed = seed == null ? ThreadLocalRandom.current().nextLong(MAX_SEED + 1) : seed;
        return new Wish(new Crowd(readPlays, readPlayers, first, last), readSeed);
    }
}
