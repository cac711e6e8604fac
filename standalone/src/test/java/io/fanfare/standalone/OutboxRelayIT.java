package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fanfare.connectors.ConnectorDefinition;
import io.fanfare.connectors.ConnectorStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The relay on real parts: what a transaction put into the outbox is in the topic, to the byte, whatever happens between. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutboxRelayIT {

    private static final String PLAYS = "fanfare.plays.v1";
    private static final int PARTITIONS = 4;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ConnectorDefinition OUTBOX = ConnectorDefinition.outboxOnPostgresql();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first method
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set in startParts
    private static EmbeddedParts parts;

    @BeforeAll
    static void startParts() throws Exception {
        parts = EmbeddedParts.start(folder, Ports.free());
        createOutbox();
        createTopic();
        parts.connect().apply(OUTBOX, SOON);
    }

    @AfterAll
    static void stopParts() throws Exception {
        parts.close();
    }

    @Test
    @Order(1)
    void a_row_arrives_with_identical_bytes_key_headers_time_and_partition() throws Exception {
        String payload = "000000002aff7f80000a0d";
        Instant occurredAt = Instant.parse("2026-03-01T12:34:56.789Z");
        UUID id = UUID.randomUUID();

        insert(new Row(
                id, "acme/ada", payload, 3, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", occurredAt));

        ConsumerRecord<String, byte[]> received = received("acme/ada", 1).getFirst();
        assertThat(received.value()).isEqualTo(HexFormat.of().parseHex(payload));
        assertThat(received.partition()).isEqualTo(3);
        assertThat(received.timestamp()).isEqualTo(occurredAt.toEpochMilli());
        assertThat(headers(received))
                .containsOnly(
                        entry("ce_id", id.toString()),
                        entry("ce_type", "PlayCompleted"),
                        entry("ce_source", "urn:fanfare:outbox"),
                        entry("ce_subject", "acme/ada"),
                        entry("ce_time", "2026-03-01T12:34:56.789Z"),
                        entry("ce_specversion", "1.0"),
                        entry("content-type", "application/vnd.confluent.avro"),
                        entry("tenant", "acme"),
                        entry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    @Test
    @Order(2)
    void a_row_without_partition_goes_where_any_producer_would_send_its_key() throws Exception {
        insert(Row.numbered("acme/grace", 0));

        ConsumerRecord<String, byte[]> received = received("acme/grace", 1).getFirst();
        int byKey = Utils.toPositive(Utils.murmur2("acme/grace".getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
        assertThat(received.partition()).isEqualTo(byKey);
        assertThat(headers(received)).containsEntry("traceparent", null);
    }

    @Test
    @Order(3)
    void heartbeats_travel_through_the_outbox_and_leave_the_task_running() throws Exception {
        List<ConsumerRecord<String, byte[]>> beats = poll(
                OUTBOX.heartbeatTopic(),
                records -> records.stream().anyMatch(beat -> "outbox".equals(beat.key()))
                        && records.stream().anyMatch(beat -> !"outbox".equals(beat.key())));

        assertThat(beats).extracting(ConsumerRecord::key).contains("outbox");
        assertThat(parts.connect().status(OUTBOX.name())).isEqualTo(new ConnectorStatus.Running(1));
    }

    @Test
    @Order(4)
    void after_the_loss_of_the_slot_retained_rows_are_published_again_in_order() throws Exception {
        insert(numbered("acme/linus", 0, 20));
        assertThat(numbers(received("acme/linus", 20))).isEqualTo(range(0, 20));

        execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = 'fanfare_outbox'");
        dropSlot();
        insert(numbered("acme/linus", 20, 30));

        List<Integer> all = new ArrayList<>(range(0, 20));
        all.addAll(range(0, 30));
        assertThat(numbers(received("acme/linus", 50))).isEqualTo(all);
    }

    @Test
    @Order(5)
    void rows_written_while_the_relay_is_away_are_published_once_it_is_back() throws Exception {
        insert(numbered("acme/before", 0, 5));
        received("acme/before", 5);
        parts.close();

        parts = EmbeddedParts.start(folder, Ports.free());
        insert(numbered("acme/before", 5, 10));
        parts.connect().apply(OUTBOX, SOON);

        assertThat(numbers(received("acme/before", 10))).isEqualTo(range(0, 10));
    }

    private record Row(
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

    private static List<Row> numbered(String player, int from, int to) {
        return range(from, to).stream()
                .map(number -> Row.numbered(player, number))
                .toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<Integer> numbers(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(one -> (int) one.value()[5]).toList();
    }

    private static void insert(Row row) throws SQLException {
        insert(List.of(row));
    }

    private static void insert(List<Row> rows) throws SQLException {
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

    private static void createOutbox() throws SQLException {
        execute("""
                CREATE TABLE outbox (
                    id            uuid          NOT NULL,
                    aggregatetype varchar(200)  NOT NULL,
                    aggregateid   varchar(250)  NOT NULL,
                    type          varchar(100)  NOT NULL,
                    payload       bytea         NOT NULL,
                    position      bigint        GENERATED ALWAYS AS IDENTITY,
                    partition_no  int,
                    tenant_id     varchar(100)  NOT NULL,
                    traceparent   varchar(64),
                    occurred_at   timestamp(3)  NOT NULL,
                    ce_time       varchar(32)   NOT NULL,
                    written_at    timestamp     NOT NULL DEFAULT (now() AT TIME ZONE 'utc')
                ) PARTITION BY RANGE (written_at)
                """);
        execute("CREATE TABLE outbox_default PARTITION OF outbox DEFAULT");
    }

    private static void createTopic() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, parts.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(PLAYS, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(parts.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The connector comes back at once and takes the slot again, so dropping it may need more than one try. */
    private static void dropSlot() {
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

    private static List<ConsumerRecord<String, byte[]>> received(String key, int count) {
        List<ConsumerRecord<String, byte[]>> all = poll(
                PLAYS,
                records -> records.stream().filter(one -> key.equals(one.key())).count() >= count);
        List<ConsumerRecord<String, byte[]>> ofKey =
                all.stream().filter(one -> key.equals(one.key())).toList();
        assertThat(ofKey).as("records of %s", key).hasSize(count);
        return ofKey;
    }

    private static List<ConsumerRecord<String, byte[]>> poll(
            String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, parts.bootstrap(),
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

    private static Map<String, @Nullable String> headers(ConsumerRecord<String, byte[]> received) {
        Map<String, @Nullable String> headers = new TreeMap<>();
        received.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
