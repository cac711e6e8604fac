package io.fanfare.store.integration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** An instant in a column {@code timestamp(3)}, which holds UTC and no zone. */
final class UtcColumn {

    private UtcColumn() {}

    /** Cut to the millisecond here, or the database would round it, possibly into the future. */
    static LocalDateTime write(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
    }

    static Instant read(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
