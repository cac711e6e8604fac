package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fanfare.connectors.ConnectorDefinition;
import io.fanfare.connectors.ConnectorStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
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

/** The relay on real parts: what a transaction put into the outbox is in the topic, to the byte, whatever happens between. */
@Tag("without-the-shared-platform")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutboxRelayIT {

    private static final ConnectorDefinition RELAY = ConnectorDefinition.outboxOnPostgresql();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first method
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set in startParts
    private static EmbeddedParts parts;

    @SuppressWarnings("NullAway.Init") // set in startParts
    private static Outbox outbox;

    @BeforeAll
    static void startParts() throws Exception {
        parts = EmbeddedParts.start(folder, Ports.free());
        outbox = Outbox.of(parts);
        outbox.createTable();
        outbox.createTopic();
        parts.connect().apply(RELAY, Outbox.SOON);
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
                RELAY.heartbeatTopic(),
                records -> records.stream().anyMatch(beat -> "outbox".equals(beat.key()))
                        && records.stream().anyMatch(beat -> !"outbox".equals(beat.key())));

        assertThat(beats).extracting(ConsumerRecord::key).contains("outbox");
        assertThat(parts.connect().status(RELAY.name())).isEqualTo(new ConnectorStatus.Running(1));
    }

    @Test
    @Order(4)
    void after_the_loss_of_the_slot_retained_rows_are_published_again_in_order() throws Exception {
        outbox.insert(Outbox.numbered("acme/linus", 0, 20));
        assertThat(Outbox.numbers(outbox.received("acme/linus", 20))).isEqualTo(Outbox.range(0, 20));

        outbox.dropSlot();
        outbox.insert(Outbox.numbered("acme/linus", 20, 30));

        List<Integer> all = new ArrayList<>(Outbox.range(0, 20));
        all.addAll(Outbox.range(0, 30));
        assertThat(Outbox.numbers(outbox.received("acme/linus", 50))).isEqualTo(all);
    }

    @Test
    @Order(5)
    void rows_written_while_the_relay_is_away_are_published_once_it_is_back() throws Exception {
        outbox.insert(Outbox.numbered("acme/before", 0, 5));
        outbox.received("acme/before", 5);
        parts.close();

        parts = EmbeddedParts.start(folder, Ports.free());
        outbox = Outbox.of(parts);
        outbox.insert(Outbox.numbered("acme/before", 5, 10));
        parts.connect().apply(RELAY, Outbox.SOON);

        assertThat(Outbox.numbers(outbox.received("acme/before", 10))).isEqualTo(Outbox.range(0, 10));
    }
}
