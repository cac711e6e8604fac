package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.function.BooleanSupplier;

/** Whether the relay has come as far as the database. */
@AcrossTenants("one relay serves all tenants")
public final class RelayPosition {

    private final Database database;
    private final String slot;
    private final HeardHeartbeats heartbeats;

    /**
     * @param slot of the relay, {@link RelayLag#SLOT}; plays no part where there are no slots
     * @param heartbeats play no part where there are slots
     */
    public RelayPosition(Database database, String slot, HeardHeartbeats heartbeats) {
        this.database = database;
        this.slot = slot;
        this.heartbeats = heartbeats;
    }

    /** To be asked until it says so: whether all that was committed before this call is on its topics. */
    public BooleanSupplier arrivalOfAllSoFar() {
        return switch (database.dialect()) {
            case POSTGRESQL -> {
                long end = endOfLog();
                yield () -> isBeyond(end);
            }
            case MARIADB -> {
                Instant now = databaseTime();
                yield () -> heartbeats.latest().filter(now::isBefore).isPresent();
            }
        };
    }

    /** In bytes from its beginning. */
    private long endOfLog() {
        return database.jdbc()
                .sql("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /** Not where the relay has just begun anew: a new slot is there too. */
    private boolean isBeyond(long place) {
        return database.jdbc()
                .sql("""
                        select exists (
                            select 1 from pg_replication_slots
                            where slot_name = :slot and active
                                and pg_wal_lsn_diff(confirmed_flush_lsn, '0/0') > :place)
                        """)
                .param("slot", slot)
                .param("place", place)
                .query(Boolean.class)
                .single();
    }

    private Instant databaseTime() {
        return database.jdbc()
                .sql("select utc_timestamp(6)")
                .query((row, _) -> UtcTimes.instant(row.getObject(1, LocalDateTime.class)))
                .single();
    }
}
