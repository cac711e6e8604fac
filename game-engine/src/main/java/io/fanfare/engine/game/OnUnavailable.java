package io.fanfare.engine.game;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a win whose prize is out of stock, capped for the player, or without a free code. */
public enum OnUnavailable {
    /** The play counts and wins nothing. */
    NO_WIN,
    /** The play is refused and nothing is consumed. */
    FAIL;

    public static Optional<OnUnavailable> named(String name) {
        return Arrays.stream(values())
                .filter(policy -> policy.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
