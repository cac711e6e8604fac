package io.fanfare.store.prize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a reward is in its life. */
public enum RewardStatus {
    /** The player has it, and something is still to be done for it. */
    WON,
    CLAIMED,
    /** Nothing is left to be done. */
    FULFILLED,
    REVOKED;

    public static Optional<RewardStatus> named(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
