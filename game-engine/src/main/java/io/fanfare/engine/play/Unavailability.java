package io.fanfare.engine.play;

import java.util.Locale;

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

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
