package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fanfare.connectors.ConnectorDefinition;
import io.fanfare.edge.topic.HeartbeatTopic;
import io.fanfare.store.Database;
import io.fanfare.store.EmbeddedMariaDb;
import io.fanfare.store.outbox.HeartbeatLag;
import io.fanfare.store.outbox.RelayLag;
import io.fanfare.store.outbox.RelayPosition;
import io.fanfare.store.outbox.RelayProbe;
import io.fanfare.store.outbox.RelayState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The relay of an outbox on MariaDB: what arrives is what arrives from PostgreSQL ({@link OutboxRelayIT}), header for header. */
@Tag("without-the-shared-platform")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MariaDbRelayIT {

    private static final ConnectorDefinition RELAY = ConnectorDefinition.outboxOnMariaDb();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String DATABASE = "fanfare";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first method
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set in startParts
    private static DataDir dir;

    @SuppressWarnings("NullAway.Init") // set in startParts
    private static EmbeddedMariaDb mariaDb;

    @SuppressWarnings("NullAway.Init") // set in startParts
    private static EmbeddedBroker broker;

    @SuppressWarnings("NullAway.Init") // set in startParts
    private static ConnectProcess connect;

    @SuppressWarnings("NullAway.Init") // set in startParts
    private static Outbox outbox;

    private static final Ports PORTS = Ports.free();

    @BeforeAll
    static void startParts() throws Exception {
        mariaDb = EmbeddedMariaDb.start();
        try (var connection = DriverManager.getConnection(mariaDb.jdbcUrl(""), EmbeddedMariaDb.USER, "");
                var statement = connection.createStatement()) {
            statement.execute("create database " + DATABASE);
        }
        dir = DataDir.open(folder);
        broker = new EmbeddedBroker(dir, PORTS);
        broker.start();
        outbox = new Outbox(mariaDb.jdbcUrl(DATABASE), EmbeddedMariaDb.USER, "", broker.bootstrap());
        outbox.createTable();
        outbox.createTopic();
        outbox.createTopic(RELAY.heartbeatTopic(), 1);
        connect = startedConnect();
        connect.post("outbox-mariadb.json");
        connect.awaitRunning(RELAY.name(), PATIENCE);
    }

    @AfterAll
    static void stopParts() throws Exception {
        connect.stop();
        broker.stop();
        dir.close();
        mariaDb.close();
    }

    private static ConnectProcess startedConnect() throws Exception {
        return ConnectProcess.start(
                folder,
                PORTS.connect(),
                Map.of(
                        "FANFARE_DB_HOST",
                        "127.0.0.1",
                        "FANFARE_DB_PORT",
                        Integer.toString(mariaDb.port()),
                        "FANFARE_DB_NAME",
                        DATABASE,
                        "FANFARE_DB_USER",
                        EmbeddedMariaDb.USER,
                        "FANFARE_DB_PASSWORD",
                        "none",
                        "FANFARE_KAFKA_BOOTSTRAP",
                        broker.bootstrap()));
    }

    @Test
    @Order(1)
    void a_row_arrives_with_identical_bytes_key_headers_time_and_partition() throws Exception {
        String payload = "000000002aff7f80000a0d";
        Instant occurredAt = Instant.parse("2026-03-01T12:34:56.789Z");
        UUID id = UUID.randomUUID();

        outbox.insert(new Outbox.Row(
                id, "acme/ada", payload, 3, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", occurredAt));

        ConsumerRecord<String, byte[]> received = outbox.received("acme/ada", 1).getFirst();
        assertThat(received.value()).isEqualTo(HexFormat.of().parseHex(payload));
        assertThat(received.partition()).isEqualTo(3);
        assertThat(received.timestamp()).isEqualTo(occurredAt.toEpochMilli());
        assertThat(Outbox.headers(received))
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
        outbox.insert(Outbox.Row.numbered("acme/grace", 0));

        ConsumerRecord<String, byte[]> received =
                outbox.received("acme/grace", 1).getFirst();
        int byKey = Utils.toPositive(Utils.murmur2("acme/grace".getBytes(StandardCharsets.UTF_8))) % Outbox.PARTITIONS;
        assertThat(received.partition()).isEqualTo(byKey);
        assertThat(Outbox.headers(received)).containsEntry("traceparent", null);
    }

    @Test
    @Order(3)
    void heartbeats_travel_through_the_outbox_and_leave_the_task_running() throws Exception {
        List<ConsumerRecord<String, byte[]>> beats = outbox.poll(
                RELAY.heartbeatTopic(), records -> records.stream().anyMatch(beat -> "outbox".equals(beat.key())));

        ConsumerRecord<String, byte[]> beat = beats.stream()
                .filter(one -> "outbox".equals(one.key()))
                .findFirst()
                .orElseThrow();
        assertThat(Outbox.headers(beat).get("ce_time"))
                .isEqualTo(Instant.ofEpochMilli(beat.timestamp()).toString());
        connect.awaitRunning(RELAY.name(), PATIENCE);
    }

    @Test
    @Order(4)
    void what_the_heartbeats_say_is_true() throws Exception {
        var database = Database.over(new DriverManagerDataSource(mariaDb.jdbcUrl(DATABASE), EmbeddedMariaDb.USER, ""));
        try (var heartbeats = HeartbeatTopic.opened(broker.bootstrap(), List.of(RELAY.heartbeatTopic()))) {
            var position = new RelayPosition(database, RelayLag.SLOT, heartbeats::latest);
            outbox.insert(Outbox.numbered("acme/katherine", 0, 3));
            BooleanSupplier arrival = position.arrivalOfAllSoFar();
            new RelayProbe(database, RELAY.heartbeatTopic()).write();

            outbox.poll(RELAY.heartbeatTopic(), _ -> arrival.getAsBoolean());

            assertThat(Outbox.numbers(outbox.received("acme/katherine", 3))).isEqualTo(Outbox.range(0, 3));
            assertThat(new HeartbeatLag(database, heartbeats::latest, PATIENCE).state())
                    .isEqualTo(new RelayState.Healthy(Duration.ZERO));
        }
    }

    @Test
    @Order(5)
    void rows_keep_their_order_across_a_restart_and_the_ones_that_are_swept_out_meanwhile_arrive_too()
            throws Exception {
        outbox.insert(Outbox.numbered("acme/linus", 0, 5));
        outbox.received("acme/linus", 5);
        connect.stop();
        outbox.insert(Outbox.numbered("acme/linus", 5, 10));
        outbox.execute("delete from outbox");

        connect = startedConnect();
        connect.awaitRunning(RELAY.name(), PATIENCE);

        assertThat(Outbox.numbers(outbox.received("acme/linus", 10))).isEqualTo(Outbox.range(0, 10));
    }
}
