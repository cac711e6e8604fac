package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

/** A positive amount of one currency, in its smallest unit. */
public record Money(Currency currency, long amount) {

    public Money {
        requireNonNull(currency, "currency");
        if (amount < 1) {
            throw new IllegalArgumentException("amount of %s is %d, expected at least 1".formatted(currency, amount));
        }
    }

    @Override
    public String toString() {
        return amount + " " + currency;
    }
}
