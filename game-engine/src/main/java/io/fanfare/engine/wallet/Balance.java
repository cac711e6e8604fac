package io.fanfare.engine.wallet;

/**
 * What a wallet holds of one currency, in its smallest unit; never negative.
 *
 * @param available what can be spent
 * @param held what is set aside and cannot be spent
 * @param lifetimeEarned everything ever issued to the player
 * @param lifetimeSpent everything the player ever spent
 */
public record Balance(long available, long held, long lifetimeEarned, long lifetimeSpent) {

    public static final Balance ZERO = new Balance(0, 0, 0, 0);

    public Balance {
        if (available < 0 || held < 0 || lifetimeEarned < 0 || lifetimeSpent < 0) {
            throw new IllegalArgumentException(
                    "balance is %d available, %d held, %d earned, %d spent, expected none below 0"
                            .formatted(available, held, lifetimeEarned, lifetimeSpent));
        }
    }

    boolean covers(long amount) {
        return available >= amount;
    }

    /** @throws ArithmeticException where a total leaves the range of 64 bits */
    Balance earning(long amount) {
        return new Balance(
                Math.addExact(available, amount), held, Math.addExact(lifetimeEarned, amount), lifetimeSpent);
    }

    /** @throws ArithmeticException where a total leaves the range of 64 bits */
    Balance spending(long amount) {
        return new Balance(
                Math.subtractExact(available, amount), held, lifetimeEarned, Math.addExact(lifetimeSpent, amount));
    }
}
