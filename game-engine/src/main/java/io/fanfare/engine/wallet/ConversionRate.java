package io.fanfare.engine.wallet;

/**
 * How many units of one currency give how many of another: 100 to 1 unless somebody says otherwise.
 *
 * @param from at least 1
 * @param to at least 1
 */
public record ConversionRate(long from, long to) {

    public static final ConversionRate HUNDRED_TO_ONE = new ConversionRate(100, 1);

    public ConversionRate {
        if (from < 1 || to < 1) {
            throw new IllegalArgumentException(
                    "conversion rate is %d to %d, expected both at least 1".formatted(from, to));
        }
    }

    /**
     * What an amount comes to. Only whole units come out, and no more goes in than is needed for them.
     *
     * @throws ArithmeticException where it leaves the range of 64 bits
     */
    public Converted convert(long amount) {
        long out = Math.multiplyExact(amount, to) / from;
        long in = Math.ceilDiv(Math.multiplyExact(out, from), to);
        return new Converted(in, out);
    }

    /**
     * A conversion that was worked out.
     *
     * @param taken of the first currency; 0 where the amount is too small for one unit of the other
     * @param given of the other
     */
    public record Converted(long taken, long given) {}
}
