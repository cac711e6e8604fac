package io.fanfare.engine.wallet;

/**
 * What a wallet holds of one currency, in its smallest unit; never negative.
 *
 * @param available what can be spent
 * @param held what is set aside and cannot be spent
 * @param lifetimeEarned everything ever issued to the player, less what was reversed
 * @param lifetimeSpent everything the player ever spent, less what was reversed
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
}
