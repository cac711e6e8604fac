package io.fanfare.streams.runtime;

import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BATCH_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.globalConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.restoreConsumerPrefix;

import io.fanfare.streams.deadletter.DeadLetterOnMalformed;
import io.fanfare.streams.deadletter.DeadLetterOnPoison;
import io.fanfare.streams.deadletter.DeadLetters;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams configuration of an app, each value with its reason. */
public final class StreamsProperties {

    private static final long CACHE_BYTES = 1024 * 1024;

    private StreamsProperties() {}

    public static Map<String, Object> of(
            StreamsApp app, KafkaSettings kafka, StreamsSettings settings, DeadLetters deadLetters) {
        Map<String, Object> config = new HashMap<>();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, app.applicationId());
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.applicationServer());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replication());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // Only for the few stores that ask for it; a store that does not gains nothing, and queries see each write.
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        config.put(DeadLetters.CONFIG, deadLetters);
        config.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterOnMalformed.class.getName());
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterOnPoison.class.getName());
        // Its constant is deprecated before it has an alternative; without it every start warns twice.
        config.put("processing.exception.handler.global.enabled", true);
        addClients(config, settings);
        config.putAll(pace(app.pace()));
        config.putAll(settings.overrides());
        return config;
    }

    private static void addClients(Map<String, Object> config, StreamsSettings settings) {
        // Who comes back under the same name, after a crash, takes its old place at once; others wait for its session.
        config.put(
                consumerPrefix(GROUP_INSTANCE_ID_CONFIG),
                settings.applicationServer().replaceAll("[^A-Za-z0-9._-]", "-"));
        config.put(consumerPrefix(AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A crashed instance is replaced after ten seconds; the default is forty-five.
        config.put(consumerPrefix(SESSION_TIMEOUT_MS_CONFIG), 10_000);
        config.put(consumerPrefix(HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
        // On start a global store is read one partition after the other, and each change waits out an empty fetch.
        config.put(globalConsumerPrefix(FETCH_MAX_WAIT_MS_CONFIG), 200);
        config.put(producerPrefix(BATCH_SIZE_CONFIG), 64 * 1024);
        config.put(producerPrefix(COMPRESSION_TYPE_CONFIG), "lz4");
        config.put(restoreConsumerPrefix(MAX_POLL_RECORDS_CONFIG), 10_000);
        config.put(restoreConsumerPrefix(MAX_PARTITION_FETCH_BYTES_CONFIG), 8 * 1024 * 1024);
        config.put(restoreConsumerPrefix(FETCH_MAX_BYTES_CONFIG), 64 * 1024 * 1024);
    }

    /**
     * A thread commits between polls: a record that comes long after the last commit is committed at once, one that comes
     * right after it waits for the next poll to end. Short polls help the latter and cost something when nothing happens
     * (one app on two cores, measured: 3.4 % of a core at 25 ms, 0.9 % at 50 ms, on top of 100 ms). What queries see does not
     * wait for a commit. An app in a hurry asks for commits itself, the more often the less it has to do; its interval is for floods,
     * where what a commit costs is taken from what the app can do. Its records linger because nobody sees them before the commit,
     * which sends what is left.
     */
    private static Map<String, Object> pace(StreamsApp.Pace pace) {
        return switch (pace) {
            case LATENCY ->
                Map.of(
                        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                        250,
                        StreamsConfig.POLL_MS_CONFIG,
                        50,
                        producerPrefix(LINGER_MS_CONFIG),
                        20);
            case THROUGHPUT ->
                Map.of(
                        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                        100,
                        StreamsConfig.POLL_MS_CONFIG,
                        100,
                        producerPrefix(LINGER_MS_CONFIG),
                        5);
        };
    }
}
