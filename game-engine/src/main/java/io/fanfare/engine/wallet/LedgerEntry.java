package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

/**
 * One movement between a player's account and a counter-account.
 *
 * @param amount what the player gains; negative where the player gives
 * @param balanceAfter what is available in this currency once the entry is in
 */
public record LedgerEntry(Currency currency, long amount, CounterAccount counterAccount, long balanceAfter) {

    public LedgerEntry {
        requireNonNull(currency, "currency");
        requireNonNull(counterAccount, "counterAccount");
        if (amount == 0) {
            throw new IllegalArgumentException("an entry of %s moves nothing".formatted(currency));
        }
        if (balanceAfter < 0) {
            throw new IllegalArgumentException(
                    "balance of %s after the entry is %d, expected 0 or more".formatted(currency, balanceAfter));
        }
    }
}
