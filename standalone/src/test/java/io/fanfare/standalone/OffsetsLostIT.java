package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.connectors.ConnectorDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Connect forgets how far the relay has come while rows are committed as fast as the database takes them. */
@Tag("without-the-shared-platform")
class OffsetsLostIT {

    private static final int ROUNDS = 4;
    private static final int WRITERS = 3;
    private static final Duration BREATH = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private final Set<String> committed = ConcurrentHashMap.newKeySet();
    private volatile boolean done;

    @Test
    void what_is_committed_between_reading_the_table_and_following_the_log_is_not_missing() throws Exception {
        try (var parts = EmbeddedParts.start(folder, Ports.free());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Outbox outbox = Outbox.of(parts);
            outbox.createTable();
            outbox.createTopic();
            parts.connect().apply(ConnectorDefinition.outboxOnPostgresql(), Outbox.SOON);
            var connector = new RelayConnector(parts.ports());
            List<Future<?>> writers = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> {
                        write(outbox, "acme/player-" + writer);
                        return null;
                    }))
                    .toList();

            for (int round = 0; round < ROUNDS; round++) {
                connector.stop();
                connector.forgetOffsets();
                connector.resume();
                arrives(outbox);
            }
            done = true;
            for (Future<?> writer : writers) {
                writer.get();
            }
            outbox.insert(Outbox.Row.numbered("end", 0));
            arrives(outbox);

            Set<String> published = ConcurrentHashMap.newKeySet();
            outbox.poll(Outbox.PLAYS, records -> isThere(records, "end")).forEach(record -> published.add(id(record)));
            assertThat(published).hasSizeGreaterThan(WRITERS * ROUNDS).containsAll(committed);
        }
    }

    /** One row in each transaction. */
    private void write(Outbox outbox, String player) throws Exception {
        try (Connection connection = outbox.connect();
                var insert = connection.prepareStatement("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
                        values (gen_random_uuid(), ?, ?, 'PlayCompleted', '', 'acme', now(), '')
                        returning id
                        """)) {
            insert.setString(1, Outbox.PLAYS);
            insert.setString(2, player);
            while (!done) {
                try (var row = insert.executeQuery()) {
                    row.next();
                    committed.add(row.getString(1));
                }
                LockSupport.parkNanos(BREATH.toNanos());
            }
        }
    }

    /** All that has been committed by now; the place in the log is the relay's own to confirm. */
    private static void arrives(Outbox outbox) throws Exception {
        JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(outbox.connect(), true));
        String end = database.sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single();
        eventually(
                PATIENCE,
                () -> database.sql("""
                                select exists (select 1 from pg_replication_slots
                                    where slot_name = 'fanfare_outbox' and confirmed_flush_lsn > cast(? as pg_lsn))
                                """).param(end).query(Boolean.class).single(),
                confirmed -> confirmed);
    }

    private static boolean isThere(List<ConsumerRecord<String, byte[]>> records, String mark) {
        return records.stream().anyMatch(record -> mark.equals(record.key()));
    }

    private static String id(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }
}
