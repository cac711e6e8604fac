package io.fanfare.bench.measure;

/**
 * Says when something that gets cheaper from round to round has stopped doing so. A single round that is no cheaper may have had a
 * noisy neighbour: two in a row are needed.
 */
public final class Plateau {

    private static final double STILL_FALLS = 0.95;
    private static final int FLAT_ROUNDS = 2;

    private double least = Double.MAX_VALUE;
    private int flat;

    /**
     * Takes the cost of the next round.
     *
     * @param cost in any unit, above 0
     * @return whether the last two rounds were hardly cheaper than the cheapest before them
     */
    public boolean isReachedWith(double cost) {
        flat = cost < least * STILL_FALLS ? 0 : flat + 1;
        least = Math.min(least, cost);
        return flat >= FLAT_ROUNDS;
    }
}
