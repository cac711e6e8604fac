package io.fanfare.streams;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.deadletter.DeadLetters;
import io.fanfare.streams.query.LocalState;
import io.fanfare.streams.runtime.KafkaSettings;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.runtime.StreamsProperties;
import io.fanfare.streams.runtime.StreamsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.test.TestRecord;
import org.rocksdb.Env;
import org.rocksdb.Options;
import org.rocksdb.RocksMemEnv;

/** An app on the test driver, configured as it is in production. */
public final class TopologyUnderTest implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static final String FILES = "fanfare.test.files";

    private final SchemaRegistry registry;
    private final Topology topology;
    private final String applicationId;
    private final Env files = new RocksMemEnv(Env.getDefault());
    private final TopologyTestDriver driver;
    private final Map<String, Serde<?>> values = new HashMap<>();

    public TopologyUnderTest(StreamsApp app, MeterRegistry meters, Path stateDir) {
        this(app, meters, stateDir, new InMemoryRegistry());
    }

    public TopologyUnderTest(StreamsApp app, MeterRegistry meters, Path stateDir, SchemaRegistry registry) {
        this(app, meters, stateDir, registry, NOW, Map.of());
    }

    /**
     * @param beginning by the clock, when the app begins
     * @param wrapping configuration of a {@link org.apache.kafka.streams.processor.api.ProcessorWrapper}; empty: there is none
     */
    public TopologyUnderTest(
            StreamsApp app,
            MeterRegistry meters,
            Path stateDir,
            SchemaRegistry registry,
            Instant beginning,
            Map<String, Object> wrapping) {
        this.registry = registry;
        this.applicationId = app.applicationId();
        var deadLetters =
                new DeadLetters(app.name(), registry, meters, Clock.fixed(NOW, ZoneOffset.UTC), app.telling());
        // The driver forgets what is sent before a record is processed, as a letter for malformed bytes is, in a
        // transaction.
        Map<String, String> overrides = Map.of(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        var settings = new StreamsSettings(stateDir, "127.0.0.1:8082", 1, 0, 1, Duration.ofSeconds(1), overrides);
        Map<String, Object> config =
                StreamsProperties.of(app, new KafkaSettings("127.0.0.1:9092"), settings, deadLetters);
        config.putAll(wrapping);
        var properties = new Properties();
        properties.putAll(config);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, FilesInMemory.class);
        properties.put(FILES, files);
        topology = app.topology(config, registry);
        driver = new TopologyTestDriver(topology, properties, beginning);
    }

    public String description() {
        return topology.describe().toString();
    }

    public <V extends SpecificRecord> void send(Topic<String, V> topic, String key, V value) {
        input(topic).pipeInput(key, value, NOW);
    }

    public <V extends SpecificRecord> void send(Topic<String, V> topic, TestRecord<String, V> record) {
        input(topic).pipeInput(record);
    }

    /** Bytes as a stranger might write them. */
    public void sendBytes(Topic<?, ?> topic, String key, byte[] bytes) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, bytes, NOW);
    }

    /** What was written since the last call. */
    public <V extends SpecificRecord> List<TestRecord<String, V>> written(Topic<String, V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        topic.keySerde().deserializer(),
                        values(topic).deserializer())
                .readRecordsToList();
    }

    /** What was written to the changelog of a store since the last call; nothing where it has none. */
    public List<TestRecord<byte[], byte[]>> changes(String store) {
        String changelog = "%s-%s-changelog".formatted(applicationId, store);
        return driver.producedTopicNames().contains(changelog)
                ? driver.createOutputTopic(changelog, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList()
                : List.of();
    }

    public List<io.fanfare.events.DeadLetter> deadLetters() {
        return written(Topics.DEAD_LETTERS).stream().map(TestRecord::value).toList();
    }

    public <K, V> KeyValueStore<K, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** The state as a query sees it. */
    public LocalState state(boolean isActive) {
        return new LocalState() {
            @Override
            public int partition() {
                return 0;
            }

            @Override
            public boolean isActive() {
                return isActive;
            }

            @Override
            @SuppressWarnings("unchecked") // the driver has one kind of store, and the caller says which it expects
            public <S> S store(String name, QueryableStoreType<S> type) {
                return (S) driver.getKeyValueStore(name);
            }
        };
    }

    public void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    @Override
    public void close() {
        driver.close();
        files.close();
    }

    private <V extends SpecificRecord> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.keySerde().serializer(), values(topic).serializer());
    }

    /** What they have learnt of the schemas is worth keeping. */
    @SuppressWarnings("unchecked") // a name belongs to one topic, and that to one kind of values
    private <V extends SpecificRecord> Serde<V> values(Topic<String, V> topic) {
        return (Serde<V>) values.computeIfAbsent(topic.name(), _ -> topic.valueSerde(registry));
    }

    /** The driver has the stores flushed to disk with each record; nobody reads the files again. */
    public static final class FilesInMemory implements RocksDBConfigSetter {

        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            options.setEnv((Env) configs.get(FILES));
        }

        @Override
        public void close(String store, Options options) {}
    }
}
