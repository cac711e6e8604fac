package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;

/**
 * Drops the relay's slot when its log is gone. A connector that holds on to a lost slot retries in silence; one that finds
 * none makes a new one and publishes everything that is retained again, in order. To be called every few seconds.
 */
@AcrossTenants("one relay serves all tenants")
public final class RelaySlotGuard {

    private final Database database;
    private final String slot;

    /** @param slot of the relay, {@link RelayLag#SLOT} */
    public RelaySlotGuard(Database database, String slot) {
        this.database = database;
        this.slot = slot;
    }

    /** Drops it where it is lost and nobody reads from it; says whether it did: worth an alarm. */
    public boolean dropIfLost() {
        return database.inTransaction(() -> {
            boolean dropped = !database.jdbc()
                    .sql("""
                            select pg_drop_replication_slot(slot_name)::text
                            from pg_replication_slots
                            where slot_name = :slot and wal_status = 'lost' and not active
                            """)
                    .param("slot", slot)
                    .query((row, _) -> row.getString(1))
                    .list()
                    .isEmpty();
            if (dropped) {
                // What the old slot had confirmed says nothing about the new one: nothing is dropped on its word.
                database.jdbc().sql("delete from relay_mark").update();
            }
            return dropped;
        });
    }
}
