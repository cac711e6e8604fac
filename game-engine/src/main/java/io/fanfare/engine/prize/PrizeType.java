package io.fanfare.engine.prize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a player gets. */
public enum PrizeType {
    /** A unit from stock, with a code of its own where the prize has a code pool. */
    VOUCHER,
    /** A credit of value × quantity to the wallet; never out of stock. */
    POINTS;

    public static Optional<PrizeType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isCredit() {
        return switch (this) {
            case POINTS -> true;
            case VOUCHER -> false;
        };
    }
}
