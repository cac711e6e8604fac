package io.fanfare.store.prize;

/** How many units of a prize there are. */
public sealed interface Stock {

    /** Whether as many units were put in, however many are left. */
    default boolean hasTotalOf(Stock other) {
        return switch (this) {
            case Unlimited() -> other instanceof Unlimited;
            case Limited(long total, long _) -> other instanceof Limited limited && limited.total() == total;
        };
    }

    /** There is always one more. */
    record Unlimited() implements Stock {}

    /**
     * @param total units that were ever put in, less those taken out again by operators
     * @param remaining units that can still be won
     */
    record Limited(long total, long remaining) implements Stock {
        public Limited {
            if (remaining < 0 || total < remaining) {
                throw new IllegalArgumentException("stock is %d of %d".formatted(remaining, total));
            }
        }

        /** A full stock. */
        public static Limited of(long units) {
            return new Limited(units, units);
        }
    }
}
