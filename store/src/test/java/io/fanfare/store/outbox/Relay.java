package io.fanfare.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.store.Database;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Stands in for the connector: a real replication slot, moved by hand. */
final class Relay {

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final Database database;
    private final String slot = "relay" + SERIAL.incrementAndGet();

    private Relay(Database database) {
        this.database = database;
    }

    /** One whose slot is not there yet. */
    static Relay of(Database database) {
        return new Relay(database);
    }

    String slot() {
        return slot;
    }

    Relay started() {
        database.jdbc()
                .sql("select pg_create_logical_replication_slot(?, 'pgoutput')")
                .param(slot)
                .query((row, _) -> row.getString(1))
                .single();
        return this;
    }

    /** Confirms everything that is in the log so far, that which nobody has waited for to be flushed among it. */
    void catchUp() {
        database.jdbc()
                .sql("select pg_logical_emit_message(true, 'flushed', '')::text")
                .query((row, _) -> row.getString(1))
                .single();
        database.jdbc()
                .sql("select pg_replication_slot_advance(?, pg_current_wal_lsn())")
                .param(slot)
                .query((row, _) -> row.getString(1))
                .single();
    }

    void drop() {
        database.jdbc()
                .sql("select pg_drop_replication_slot(?)")
                .param(slot)
                .query((row, _) -> row.getString(1))
                .single();
    }

    /** As the connector's heartbeat, or any fact. */
    void fact() {
        database.jdbc().sql("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
                        values (gen_random_uuid(), 'fanfare.plays.v1', 'acme/ada', 'PlayCompleted', '', 'acme', now(), '')
                        """).update();
    }

    /** Lets the server throw away the log that the slot still needs. */
    void loseLog(BooleanSupplier isLost) {
        keepOfLog("1MB");
        try {
            fillLog(() -> {
                database.jdbc().sql("checkpoint").update();
                return isLost.getAsBoolean();
            });
        } finally {
            keepAllOfLog();
        }
    }

    /** Segment by segment, until that is enough. */
    void fillLog(BooleanSupplier enough) {
        for (int segment = 0; segment < 50 && !enough.getAsBoolean(); segment++) {
            fact();
            database.jdbc()
                    .sql("select pg_switch_wal()::text")
                    .query((row, _) -> row.getString(1))
                    .single();
        }
    }

    /** For a slot, at most. */
    void keepOfLog(String size) {
        set("alter system set max_slot_wal_keep_size = '" + size + "'", size);
    }

    void keepAllOfLog() {
        set("alter system reset max_slot_wal_keep_size", "-1");
    }

    /** Sessions read the new setting a moment later. */
    private void set(String statement, String expected) {
        database.jdbc().sql(statement).update();
        database.jdbc()
                .sql("select pg_reload_conf()")
                .query((row, _) -> row.getBoolean(1))
                .single();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!expected.equals(database.jdbc()
                .sql("show max_slot_wal_keep_size")
                .query(String.class)
                .single())) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
