package io.fanfare.engine.play;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a prize that was drawn could not be had. */
public enum Unavailability {
    OUT_OF_STOCK,
    /** The player has won as many as one player may. */
    CAPPED,
    /** The prize comes with a code and none is free. */
    NO_CODE,
    /** The prize is won at its moments only, and none is due. */
    NOT_DUE,
    /** The budget of the game or its campaign does not hold its value any more. */
    OVER_BUDGET;

    public static Optional<Unavailability> named(String name) {
        return Arrays.stream(values())
                .filter(why -> why.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
