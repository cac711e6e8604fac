package io.fanfare.store;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as the tables keep them: timestamps without a zone, in UTC, cut to milliseconds. */
@AcrossTenants("it only converts")
public final class UtcTimes {

    private UtcTimes() {}

    public static LocalDateTime column(Instant instant) {
        return LocalDateTime.ofInstant(toMillis(instant), ZoneOffset.UTC);
    }

    public static @Nullable LocalDateTime columnOrNull(@Nullable Instant instant) {
        return instant == null ? null : column(instant);
    }

    public static Instant instant(LocalDateTime column) {
        return column.toInstant(ZoneOffset.UTC);
    }

    public static @Nullable Instant instantOrNull(@Nullable LocalDateTime column) {
        return column == null ? null : instant(column);
    }

    /** As precise as what is stored and published. */
    public static Instant toMillis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
