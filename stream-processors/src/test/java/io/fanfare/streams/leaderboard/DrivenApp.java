package io.fanfare.streams.leaderboard;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.PlayCompleted;
import io.fanfare.ranked.Entry;
import io.fanfare.ranked.EntryKey;
import io.fanfare.ranked.OrderKey;
import io.fanfare.ranked.RankedQuery.ListAfter;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.deadletter.DeadLetters;
import io.fanfare.streams.runtime.KafkaSettings;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.runtime.StreamsProperties;
import io.fanfare.streams.runtime.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A stream app of this package under the configuration that it has in production, driven record by record. */
final class DrivenApp implements AutoCloseable {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    private final SchemaRegistry registry = new InMemoryRegistry();
    private final TopologyTestDriver driver;

    DrivenApp(StreamsApp app, Path directory) {
        var kafka = new KafkaSettings("none:9092");
        // In a transaction the driver forgets what is sent before a record is processed, as letters for bytes are.
        Map<String, String> overrides = Map.of(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        var settings = new StreamsSettings(directory, "localhost:8082", 1, 0, 1, Duration.ofSeconds(1), overrides);
        var deadLetters = new DeadLetters(app.name(), registry, new SimpleMeterRegistry(), NOON);
        Map<String, Object> config = StreamsProperties.of(app, kafka, settings, deadLetters);
        var properties = new Properties();
        properties.putAll(config);
        driver = new TopologyTestDriver(app.topology(config, registry), properties);
    }

    void configured(LeaderboardConfigured board) {
        String key =
                Topics.definitionKey(board.getTenantId(), "leaderboard", board.getLeaderboardId(), board.getRevision());
        configured(key, Topics.CONFIG.valueSerde(registry).serializer().serialize("", board));
    }

    void configured(String key, byte @Nullable [] value) {
        driver.createInputTopic(Topics.CONFIG.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
    }

    void played(PlayCompleted play) {
        played(
                Topics.playerKey(play.getTenantId(), play.getPlayerId()),
                Topics.PLAYS.valueSerde(registry).serializer().serialize("", play));
    }

    void played(String key, byte @Nullable [] value) {
        driver.createInputTopic(Topics.PLAYS.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
    }

    byte[] bytes(PlayCompleted play) {
        return Topics.PLAYS.valueSerde(registry).serializer().serialize("", play);
    }

    List<String> ranking(String tenant) {
        return entries()
                .query(
                        new ListAfter(tenant + "/" + Records.BOARD, BoardKey.ALL_TIME, null, 100),
                        PositionBound.unbounded(),
                        new QueryConfig(false))
                .getResult()
                .stream()
                .map(OrderKey::player)
                .toList();
    }

    Optional<Entry> entry(String player) {
        return entry(Records.ACME, player);
    }

    Optional<Entry> entry(String tenant, String player) {
        return Optional.ofNullable(
                entries().get(new EntryKey(tenant + "/" + Records.BOARD, BoardKey.ALL_TIME, player)));
    }

    List<DeadLetter> deadLetters() {
        return driver.createOutputTopic(
                        Topics.DEAD_LETTERS.name(),
                        new StringDeserializer(),
                        new RecordReader<>(Topics.DEAD_LETTERS, registry))
                .readValuesToList();
    }

    private KeyValueStore<EntryKey, Entry> entries() {
        return driver.getKeyValueStore(LeaderboardsTopology.ENTRIES);
    }

    @Override
    public void close() {
        driver.close();
    }
}
