package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.store.Migrations;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The table and the topic at the two ends of the relay, as a test sees them. */
final class Outbox {

    static final String PLAYS = "fanfare.plays.v1";
    static final int PARTITIONS = 4;
    /** Longer than a connector on an idle MariaDB takes from one heartbeat to the next, which is 48 seconds. */
    static final Duration SOON = Duration.ofSeconds(90);

    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final String bootstrap;

    Outbox(String jdbcUrl, String bootstrap) {
        this(jdbcUrl, DurablePostgres.USER, DurablePostgres.PASSWORD, bootstrap);
    }

    Outbox(String jdbcUrl, String user, String password, String bootstrap) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.bootstrap = bootstrap;
    }

    static Outbox of(EmbeddedParts parts) {
        return new Outbox(parts.jdbcUrl(), parts.bootstrap());
    }

    record Row(
            UUID id,
            String player,
            String payload,
            @Nullable Integer partition,
            @Nullable String traceparent,
            Instant occurredAt) {

        static Row numbered(String player, int number) {
            return new Row(
                    UUID.randomUUID(),
                    player,
                    "0000000001" + HexFormat.of().toHexDigits((byte) number),
                    null,
                    null,
                    Instant.now());
        }
    }

    static List<Row> numbered(String player, int from, int to) {
        return range(from, to).stream()
                .map(number -> Row.numbered(player, number))
                .toList();
    }

    static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    static List<Integer> numbers(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(one -> (int) one.value()[5]).toList();
    }

    void insert(Row row) throws SQLException {
        insert(List.of(row));
    }

    void insert(List<Row> rows) throws SQLException {
        try (Connection connection = connect();
                var insert = connection.prepareStatement("""
                        INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload, partition_no, tenant_id,
                                            traceparent, occurred_at, ce_time)
                        VALUES (?, ?, ?, 'PlayCompleted', ?, ?, 'acme', ?, ?, ?)
                        """)) {
            connection.setAutoCommit(false);
            for (Row row : rows) {
                insert.setObject(1, row.id());
                insert.setString(2, PLAYS);
                insert.setString(3, row.player());
                insert.setBytes(4, HexFormat.of().parseHex(row.payload()));
                insert.setObject(5, row.partition());
                insert.setString(6, row.traceparent());
                insert.setObject(7, LocalDateTime.ofInstant(row.occurredAt(), ZoneOffset.UTC));
                insert.setString(8, row.occurredAt().toString());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    /** The platform's own migrations: the relay is tested on the table that it will find. */
    void createTable() {
        new Migrations(new DriverManagerDataSource(jdbcUrl, user, password)).run();
    }

    void createTopic() throws InterruptedException, ExecutionException {
        createTopic(PLAYS, PARTITIONS);
    }

    void createTopic(String topic, int partitions) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The connector comes back at once and takes the slot again, so dropping it may need more than one try. */
    void dropSlot() {
        String drop = """
                SELECT pg_terminate_backend(active_pid), pg_drop_replication_slot(slot_name)
                FROM pg_replication_slots WHERE slot_name = 'fanfare_outbox'
                """;
        long deadline = System.nanoTime() + SOON.toNanos();
        @Nullable SQLException last = null;
        while (System.nanoTime() < deadline) {
            try {
                execute(drop);
                return;
            } catch (SQLException stillHeld) {
                last = stillHeld;
            }
        }
        throw new AssertionError("slot still held", last);
    }

    List<ConsumerRecord<String, byte[]>> received(String key, int count) {
        List<ConsumerRecord<String, byte[]>> all = poll(
                PLAYS,
                records -> records.stream().filter(one -> key.equals(one.key())).count() >= count);
        List<ConsumerRecord<String, byte[]>> ofKey =
                all.stream().filter(one -> key.equals(one.key())).toList();
        assertThat(ofKey).as("records of %s", key).hasSize(count);
        return ofKey;
    }

    List<ConsumerRecord<String, byte[]>> poll(String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + SOON.toNanos();
            while (!enough.test(records) && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        assertThat(enough.test(records)).as("records on %s: %s", topic, records).isTrue();
        return records;
    }

    static Map<String, @Nullable String> headers(ConsumerRecord<String, byte[]> received) {
        Map<String, @Nullable String> headers = new TreeMap<>();
        received.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
