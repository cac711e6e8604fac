package io.fanfare.engine.game;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a win whose prize is out of stock, capped for the player, or without a free code. */
public enum OnUnavailable {
    /** The play counts and wins nothing. */
    NO_WIN,
    /** Chance draws again, as often as needed, among what is left; where nothing is left or nothing was drawn, the win is lost. */
    REDRAW,
    /** The game's fallback prize is given instead; where that cannot be had either, the win is lost. */
    FALLBACK_PRIZE,
    /** The play is refused and nothing is consumed; its draws stay what they are. */
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
