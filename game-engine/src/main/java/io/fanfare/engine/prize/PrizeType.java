package io.fanfare.engine.prize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a player gets. */
public enum PrizeType {
    /** A unit from stock, with a code of its own where the prize has a code pool. */
    VOUCHER,
    /** A thing from stock that is sent to the player. */
    PHYSICAL,
    /** A credit of value × quantity to the wallet; never out of stock. */
    POINTS,
    /** A credit of items to the wallet, in a currency of their own name; never out of stock. */
    LUCKY_ITEM,
    /** A unit from stock that is nothing but the winning: a consolation, an entry in a list. */
    NONE;

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
            case POINTS, LUCKY_ITEM -> true;
            case VOUCHER, PHYSICAL, NONE -> false;
        };
    }
}
