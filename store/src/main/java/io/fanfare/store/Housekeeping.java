package io.fanfare.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Sweeps out what nobody can ask for any more: idempotency keys past their time, sessions that were never played, counters of
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
        return new Swept(
                idempotencyKeys(now),
                unplayedSessions(now),
                dayCounters("play_counter", now) + dayCounters("award_counter", now));
    }

    private int idempotencyKeys(Instant now) {
        return database.jdbc()
                .sql("""
                        delete from idempotency_key
                        where (tenant_id, caller, key) in (
                            select tenant_id, caller, key from idempotency_key
                            where expires_at <= :now
                            limit :bite
                            for update skip locked)
                        """)
                .param("now", UtcTimes.column(now))
                .param("bite", BITE)
                .update();
    }

    private int unplayedSessions(Instant now) {
        return database.jdbc()
                .sql("""
                        delete from session
                        where (tenant_id, session_id) in (
                            select tenant_id, session_id from session
                            where consumed_at is null and expires_at <= :before
                            limit :bite
                            for update skip locked)
                        """)
                .param("before", UtcTimes.column(now.minus(UNPLAYED_SESSIONS_KEPT)))
                .param("bite", BITE)
                .update();
    }

    private int dayCounters(String table, Instant now) {
        long today = now.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
        return database.jdbc()
                .sql("""
                        delete from %1$s
                        where ctid in (
                            select ctid from %1$s
                            where epoch_day >= 0 and epoch_day < :before
                            limit :bite
                            for update skip locked)
                        """.formatted(table))
                .param("before", today - DAYS_COUNTED + 1)
                .param("bite", BITE)
                .update();
    }
}
