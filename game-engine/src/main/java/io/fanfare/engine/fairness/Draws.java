package io.fanfare.engine.fairness;

/** A stream of chance. The same stream gives the same game: nothing else in the engine is random. */
@FunctionalInterface
public interface Draws {

    /** The next draw, evenly spread over [0, 1), in steps of 2⁻⁵³. */
    double next();

    /**
     * A whole number from 0 to {@code bound} − 1, each exactly as likely as the others: the 2⁵³ draws are cut into as many equal
     * runs as there are numbers, and a draw that falls into the rest behind them is put aside for the next one.
     *
     * @param bound 1 to 2⁵³
     */
    default long below(long bound) {
        if (bound < 1 || bound > Odds.RANGE) {
            throw new IllegalArgumentException("bound is %d, expected 1 to 2^53".formatted(bound));
        }
        long run = Odds.RANGE / bound;
        for (int tries = 0; tries < Odds.MAX_TRIES; tries++) {
            long number = (long) (next() * Odds.RANGE) / run;
            if (number < bound) {
                return number;
            }
        }
        // At worst every other draw is put aside, so this happens once in 2^128 times.
        return bound - 1;
    }
}
