package io.fanfare.streams.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.topic.HeartbeatTopic;
import io.fanfare.streams.StreamProcessors;
import io.fanfare.streams.parts.FreePort;
import io.fanfare.streams.parts.OneBroker;
import io.fanfare.streams.parts.RegistryServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service hears the relay on a real broker, whose topic may come after it. */
class RelayHeardIT {

    private static final String TOPIC = "fanfare.relay-heartbeats.postgresql";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void the_latest_heartbeat_that_came_through_the_outbox_counts(@TempDir Path directory) throws Exception {
        Instant writtenAt = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(100);
        try (var registry = new RegistryServer();
                var broker = new OneBroker(directory.resolve("kafka"), 1);
                var service = StreamProcessors.start(settings(broker, registry, directory.resolve("state")))) {
            var heartbeats = service.getBean(HeartbeatTopic.class);
            assertThat(heartbeats.latest()).isEmpty();
            assertThat(heardAge(service.getBean(MeterRegistry.class))).isNaN();

            createTopic(broker);
            write(broker, "the connector itself", writtenAt.plusSeconds(50));
            write(broker, "outbox", writtenAt.minusSeconds(50));
            write(broker, "outbox", writtenAt);

            await(() -> heartbeats.latest().equals(Optional.of(writtenAt)));
            assertThat(heardAge(service.getBean(MeterRegistry.class))).isBetween(100.0, 1_000.0);
        }
    }

    private static Map<String, Object> settings(OneBroker broker, RegistryServer registry, Path state) {
        int port = FreePort.find();
        return Map.of(
                "server.port",
                port,
                "fanfare.dev-mode",
                true,
                "fanfare.kafka.bootstrap",
                broker.bootstrap(),
                "fanfare.registry.url",
                registry.url(),
                "fanfare.streams.state-dir",
                state,
                "fanfare.streams.application-server",
                "127.0.0.1:" + port);
    }

    private static double heardAge(MeterRegistry meters) {
        return meters.get("relay_heard_age").timeGauge().value(TimeUnit.SECONDS);
    }

    private static void createTopic(OneBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void write(OneBroker broker, String key, Instant writtenAt) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, writtenAt.toEpochMilli(), key, "beat".getBytes(UTF_8)))
                    .get();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("30 s are over").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
