package io.fanfare.worker.integration;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an endpoint is worth trying at all. One that failed several times in a row is left alone for a while, during which
 * its deliveries wait without spending attempts; then a single one is a probe.
 */
sealed interface Breaker {

    int FAILURES_TO_OPEN = 5;
    Duration FIRST_REST = Duration.ofSeconds(10);
    Duration LONGEST_REST = Duration.ofMinutes(5);

    /** @param failures in a row */
    record Closed(int failures) implements Breaker {

        @Override
        public int room(int wanted, int inFlight, Instant now) {
            return wanted;
        }

        @Override
        public Breaker failed(Instant now) {
            return failures + 1 < FAILURES_TO_OPEN ? new Closed(failures + 1) : new Resting(1, now.plus(FIRST_REST));
        }
    }

    /**
     * @param times how often in a row it had to rest
     * @param until from then on, one may probe it
     */
    record Resting(int times, Instant until) implements Breaker {

        @Override
        public int room(int wanted, int inFlight, Instant now) {
            return now.isBefore(until) || inFlight > 0 ? 0 : Math.min(wanted, 1);
        }

        @Override
        public Breaker failed(Instant now) {
            if (now.isBefore(until)) {
                return this;
            }
            Duration rest = FIRST_REST.multipliedBy(1L << Math.min(times, 10));
            return new Resting(times + 1, now.plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST));
        }
    }

    /** An endpoint that nothing is known against. */
    static Breaker closed() {
        return new Closed(0);
    }

    /** How many of so many wanted may be tried now. */
    int room(int wanted, int inFlight, Instant now);

    /** After a failure that may pass; those that were under way when it went to rest change nothing. */
    Breaker failed(Instant now);

    /** After an answer, be it a refusal: the endpoint lives. */
    default Breaker answered() {
        return closed();
    }
}
