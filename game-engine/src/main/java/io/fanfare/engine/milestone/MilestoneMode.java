package io.fanfare.engine.milestone;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a milestone asks of a wallet. */
public enum MilestoneMode {
    /** Having earned so much in a lifetime, whatever was spent of it since; granted once, and nothing is taken. */
    CUMULATIVE_UNLOCK,
    /** Paying so much, as often as the player likes. */
    SPEND_EXCHANGE;

    public static Optional<MilestoneMode> named(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
