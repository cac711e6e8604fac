package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;

/** Where the log stands, and whether the relay has come as far. */
@AcrossTenants("one relay serves all tenants")
public final class RelayPosition {

    private final Database database;
    private final String slot;

    /** A place in the log, in bytes from its beginning. */
    public record InLog(long bytes) {}

    /** @param slot of the relay, {@link RelayLag#SLOT} */
    public RelayPosition(Database database, String slot) {
        this.database = database;
        this.slot = slot;
    }

    /** The end of the log: everything that has been committed is before it. */
    public InLog end() {
        return database.jdbc()
                .sql("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
                .query((row, _) -> new InLog(row.getLong(1)))
                .single();
    }

    /** Whether what was committed before this is on its topics. Not where the relay has just begun anew: a new slot is there too. */
    public boolean isBeyond(InLog place) {
        return database.jdbc()
                .sql("""
                        select exists (
                            select 1 from pg_replication_slots
                            where slot_name = :slot and active
                                and pg_wal_lsn_diff(confirmed_flush_lsn, '0/0') > :place)
                        """)
                .param("slot", slot)
                .param("place", place.bytes())
                .query(Boolean.class)
                .single();
    }
}
