package io.fanfare.bench.crash;

import io.fanfare.bench.platform.Victim;
import java.time.Duration;

/** Who dies, and when. */
record Kill(Victim victim, When when, Duration after) {

    /** What {@link #after} counts from. */
    enum When {
        /** From when the platform had recovered from the kill before. */
        UNDER_LOAD,
        /** From when it was launched after the kill before, which had ended it. */
        DURING_START
    }

    Kill {
        if (after.isNegative()) {
            throw new IllegalArgumentException("%s after %s, expected no less than nothing".formatted(victim, after));
        }
    }
}
