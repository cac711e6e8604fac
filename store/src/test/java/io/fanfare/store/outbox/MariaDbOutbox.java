package io.fanfare.store.outbox;

import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** An outbox on MariaDB whose rows were written when a test says so. */
record MariaDbOutbox(Database database) {

    static final String HEARTBEATS = "fanfare.relay-heartbeats.mariadb";

    Instant now() {
        return database.jdbc()
                .sql("select utc_timestamp(6)")
                .query((row, _) -> UtcTimes.instant(row.getObject(1, LocalDateTime.class)))
                .single();
    }

    void factAt(Instant writtenAt) {
        row("fanfare.plays.v1", writtenAt);
    }

    void heartbeatAt(Instant writtenAt) {
        row(HEARTBEATS, writtenAt);
    }

    private void row(String topic, Instant writtenAt) {
        database.jdbc()
                .sql("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time,
                            written_at)
                        values (uuid(), :topic, 'acme/ada', 'PlayCompleted', '', 'acme', utc_timestamp(3), '', :at)
                        """)
                .param("topic", topic)
                .param("at", LocalDateTime.ofInstant(writtenAt, ZoneOffset.UTC))
                .update();
    }

    long rows() {
        return database.jdbc()
                .sql("select count(*) from outbox")
                .query(Long.class)
                .single();
    }
}
