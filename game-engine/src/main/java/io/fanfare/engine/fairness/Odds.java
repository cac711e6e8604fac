package io.fanfare.engine.fairness;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Chances in proportion to weights. The weights count as they were written, 0.1 as one tenth and not as its nearest binary
 * fraction: all are multiplied by the same power of ten until they are whole, one ticket per unit, and one draw picks one of
 * the tickets. Only where there would be more than 2⁵³ tickets they are rounded to as many; a weight above 0 keeps at
 * least one.
 */
public final class Odds {

    static final long RANGE = 1L << 53;
    static final int MAX_TRIES = 128;

    private final long[] tickets;
    private final long total;

    private Odds(long[] tickets) {
        this.tickets = tickets;
        long sum = 0;
        for (long count : tickets) {
            sum = Math.addExact(sum, count);
        }
        this.total = sum;
    }

    /**
     * @param weights 0 or more, not all 0
     * @throws IllegalArgumentException where nothing weighs anything
     */
    public static Odds of(List<BigDecimal> weights) {
        BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.signum() <= 0) {
            throw new IllegalArgumentException("the weights are %s in total, expected more than 0".formatted(sum));
        }
        int scale = weights.stream()
                .filter(weight -> weight.signum() > 0)
                .mapToInt(weight -> Math.max(0, weight.stripTrailingZeros().scale()))
                .max()
                .orElse(0);
        BigInteger whole = sum.movePointRight(scale).toBigIntegerExact();
        // One ticket per weight is kept in reserve, for those that rounding would leave without.
        BigDecimal room = BigDecimal.valueOf(RANGE - weights.size());
        boolean fits = whole.compareTo(room.toBigInteger()) <= 0;
        return new Odds(weights.stream()
                .mapToLong(weight -> fits ? weight.movePointRight(scale).longValueExact() : rounded(weight, sum, room))
                .toArray());
    }

    private static long rounded(BigDecimal weight, BigDecimal sum, BigDecimal room) {
        if (weight.signum() == 0) {
            return 0;
        }
        return Math.max(
                1, weight.multiply(room).divide(sum, 0, RoundingMode.FLOOR).longValueExact());
    }

    /** Which one is picked, by its place. */
    public int pick(Draws draws) {
        return pick(draws, total, _ -> true);
    }

    /** Which one is picked among those that are allowed, each with its own weight; −1 where none of them weighs anything. */
    public int pick(Draws draws, IntPredicate isAllowed) {
        long left = 0;
        for (int i = 0; i < tickets.length; i++) {
            left += isAllowed.test(i) ? tickets[i] : 0;
        }
        return left == 0 ? -1 : pick(draws, left, isAllowed);
    }

    /** The chance of one of them, for people to read. */
    public double chance(int place) {
        return (double) tickets[place] / total;
    }

    private int pick(Draws draws, long among, IntPredicate isAllowed) {
        long ticket = draws.below(among);
        for (int i = 0; i < tickets.length; i++) {
            if (isAllowed.test(i)) {
                if (ticket < tickets[i]) {
                    return i;
                }
                ticket -= tickets[i];
            }
        }
        throw new IllegalStateException("ticket %d of %d belongs to nobody".formatted(ticket, among));
    }
}
