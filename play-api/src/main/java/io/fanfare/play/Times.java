package io.fanfare.play;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Instants as they stand on the wire: unix seconds, 0 = unset. */
public final class Times {

    private Times() {}

    public static long seconds(@Nullable Instant instant) {
        return instant == null ? 0 : instant.getEpochSecond();
    }

    /** The first whole second that is not before it: for what begins then. */
    public static long secondsRoundedUp(Instant instant) {
        return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
    }

    public static @Nullable Instant instant(long seconds) {
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }
}
