package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One movement between one of a player's accounts and a counter-account.
 *
 * @param amount what the player's account gains; negative where it gives
 * @param balanceAfter what the account holds of this currency once the entry is in
 * @param account available amounts, unless it says otherwise
 * @param lots what the amount is made of, by expiry; empty where nothing of it expires
 */
public record LedgerEntry(
        Currency currency,
        long amount,
        CounterAccount counterAccount,
        long balanceAfter,
        PlayerAccount account,
        List<Lot> lots) {

    public LedgerEntry {
        requireNonNull(currency, "currency");
        requireNonNull(counterAccount, "counterAccount");
        requireNonNull(account, "account");
        lots = List.copyOf(lots);
        if (amount == 0) {
            throw new IllegalArgumentException("an entry of %s moves nothing".formatted(currency));
        }
        if (balanceAfter < 0) {
            throw new IllegalArgumentException(
                    "balance of %s after the entry is %d, expected 0 or more".formatted(currency, balanceAfter));
        }
        if (!Lot.areOf(lots, Math.abs(amount))) {
            throw new IllegalArgumentException("lots %s are not those of %d %s".formatted(lots, amount, currency));
        }
    }

    /** A movement of what is available and never expires. */
    public LedgerEntry(Currency currency, long amount, CounterAccount counterAccount, long balanceAfter) {
        this(currency, amount, counterAccount, balanceAfter, PlayerAccount.AVAILABLE, Lot.UNDATED);
    }
}
