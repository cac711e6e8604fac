package io.fanfare.store;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps out what nobody can ask for any more: idempotency keys past their time, sessions that were never played, counters of what was sent on
 * past days. Any instance may call it, every few minutes; each call takes a bounded bite.
 */
@AcrossTenants("old rows of every tenant go the same way")
public final class Housekeeping {

    /** Long beyond any session's life, so that a late play still finds what it is about. */
    private static final Duration UNPLAYED_SESSIONS_KEPT = Duration.ofDays(1);

    private static final int DAYS_COUNTED = 2;
    private static final int BITE = 10_000;

    private final Database database;
    private final Clock clock;

    /** How many rows went. */
    public record Swept(int idempotencyKeys, int sessions, int dayCounters) {}

    public Housekeeping(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Swept sweep() {
        Instant now = clock.instant();
        return new Swept(idempotencyKeys(now), unplayedSessions(now), dayCounters(now));
    }

    private int idempotencyKeys(Instant now) {
        return sweep(
                "idempotency_key",
                List.of("tenant_id", "caller", "key"),
                "old.expires_at <= :before",
                UtcTimes.column(now));
    }

    private int unplayedSessions(Instant now) {
        return sweep(
                "session",
                List.of("tenant_id", "session_id"),
                "old.consumed_at is null and old.expires_at <= :before",
                UtcTimes.column(now.minus(UNPLAYED_SESSIONS_KEPT)));
    }

    private int dayCounters(Instant now) {
        long today = now.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
        return sweep(
                "transfer_counter",
                List.of("tenant_id", "player_id", "currency", "epoch_day"),
                "old.epoch_day < :before",
                today - DAYS_COUNTED + 1);
    }

    /**
     * Locks rows that nobody works on, then deletes them by their key. A name behind a dot is a column, whatever the word means
     * to the database: {@code key} is reserved in one.
     */
    private int sweep(String table, List<String> key, String condition, Object before) {
        return database.inTransaction(() -> {
            List<@Nullable Object[]> rows = database.jdbc()
                    .sql("select %s from %s old where %s limit :bite for update skip locked"
                            .formatted(
                                    key.stream().map(column -> "old." + column).collect(joining(", ")),
                                    table,
                                    condition))
                    .param("before", before)
                    .param("bite", BITE)
                    .query((row, _) -> columns(row, key.size()))
                    .list();
            database.batch(
                    "delete from %1$s where %2$s"
                            .formatted(
                                    table,
                                    key.stream()
                                            .map(column -> table + "." + column + " = ?")
                                            .collect(joining(" and "))),
                    rows);
            return rows.size();
        });
    }

    private static @Nullable Object[] columns(ResultSet row, int count) throws SQLException {
        @Nullable Object[] columns = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            columns[i] = row.getObject(i + 1);
        }
        return columns;
    }
}
