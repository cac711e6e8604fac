package io.fanfare.edge.topic;

import io.fanfare.edge.topic.DeadLetters.Poison;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.MalformedRecord;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic, a batch at a time. An offset is committed only when everything before it is processed, or is a dead letter that the
 * broker has acknowledged. What fails for now (database, registry, broker) is read again after a pause, for as long as it takes;
 * what no retry can mend becomes a dead letter and the next record goes on. Reading a record again changes nothing.
 *
 * <p>For one thread only, as the consumer is.
 */
public final class Subscription<V extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POSITION_TIMEOUT = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final Set<String> SIGNS_OF_LIFE = Set.of("last-heartbeat-seconds-ago", "last-rebalance-seconds-ago");
    private static final int RECENT_SECONDS = 10;

    private final Consumer<byte[], byte[]> consumer;
    private final Topic<?, V> topic;
    private final RecordReader<V> reader;
    private final RecordHandler<V> handler;
    private final DeadLetters deadLetters;
    private final IntakeMetrics metrics;
    private final Clock clock;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private int failures;
    private Instant pausedUntil = Instant.MIN;

    public Subscription(
            Consumer<byte[], byte[]> consumer,
            Topic<String, V> topic,
            SchemaRegistry registry,
            RecordHandler<V> handler,
            DeadLetters deadLetters,
            IntakeMetrics metrics,
            Clock clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.reader = new RecordReader<>(topic, registry, REGISTRY_PATIENCE);
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.clock = clock;
    }

    public void open() {
        consumer.subscribe(List.of(topic.name()));
    }

    /**
     * Reads what there is, waiting for a moment where there is nothing, and processes it.
     *
     * @throws WakeupException where somebody called {@link #wakeup}
     * @throws org.apache.kafka.common.KafkaException where the broker cannot be read from now
     */
    public void step() {
        // Whatever was paused goes on, also where partitions that came meanwhile have been processed since.
        if (!clock.instant().isBefore(pausedUntil)) {
            consumer.resume(consumer.paused());
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            commitBeyondMarkers();
            return;
        }
        try {
            process(records);
            failures = 0;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            readAgainLater(records, e);
            return;
        }
        commit(records.nextOffsets());
    }

    /** Ends a {@link #step} that waits; the only method for other threads. */
    public void wakeup() {
        consumer.wakeup();
    }

    /** Whether what was read last could be processed. */
    public boolean isProcessing() {
        return failures == 0;
    }

    /** Whether the broker counts this consumer among its group: polling alone does not tell, it is silent without a broker. */
    boolean isInGroup() {
        return consumer.metrics().values().stream()
                .filter(metric -> SIGNS_OF_LIFE.contains(metric.metricName().name()))
                .anyMatch(metric -> metric.metricValue() instanceof Number seconds && isRecent(seconds.doubleValue()));
    }

    /** The metrics say -1 for what has not happened yet. */
    private static boolean isRecent(double secondsAgo) {
        return secondsAgo >= 0 && secondsAgo < RECENT_SECONDS;
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_TIMEOUT));
    }

    private void process(ConsumerRecords<byte[], byte[]> records) {
        var poison = new ArrayList<Poison>();
        poison.addAll(handler.handle(read(records, poison)));
        if (!poison.isEmpty()) {
            deadLetters.publish(poison);
            poison.forEach(one -> LOG.warn(
                    "{} is a dead letter: {}",
                    coordinates(one.source()),
                    one.cause().getMessage()));
        }
        metrics.processed(records.count() - poison.size(), poison.size());
    }

    /**
     * Poison is what is known to be wrong with a record. Anything else that fails, a bug of ours for one, is no reason to
     * give the record up.
     */
    private List<Received<V>> read(ConsumerRecords<byte[], byte[]> records, List<Poison> poison) {
        var read = new ArrayList<Received<V>>();
        for (ConsumerRecord<byte[], byte[]> source : records) {
            try {
                read.add(new Received<>(source, read(source)));
            } catch (MalformedRecord e) {
                poison.add(new Poison(source, e));
            }
        }
        return read;
    }

    private V read(ConsumerRecord<byte[], byte[]> source) {
        byte @Nullable [] value = source.value();
        if (value == null) {
            throw new MalformedRecord("%s: no value, expected a record".formatted(coordinates(source)));
        }
        return reader.read(value);
    }

    private void readAgainLater(ConsumerRecords<byte[], byte[]> records, RuntimeException cause) {
        for (TopicPartition partition : records.partitions()) {
            consumer.seek(partition, records.records(partition).getFirst().offset());
        }
        consumer.pause(consumer.assignment());
        Duration pause = pauseAfter(failures);
        failures++;
        pausedUntil = clock.instant().plus(pause);
        metrics.postponed();
        LOG.warn("{} records wait for {} ms (failure {} in a row)", records.count(), pause.toMillis(), failures, cause);
    }

    private static Duration pauseAfter(int earlierFailures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(earlierFailures, 10));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    /** Nobody reads the markers of transactions, but an offset before them looks like lag for ever. */
    private void commitBeyondMarkers() {
        var ahead = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : consumer.assignment()) {
            try {
                long position = consumer.position(partition, POSITION_TIMEOUT);
                if (position > committed.getOrDefault(partition, 0L)) {
                    ahead.put(partition, new OffsetAndMetadata(position));
                }
            } catch (TimeoutException e) {
                LOG.debug("position of {} is not known yet", partition, e);
            }
        }
        commit(ahead);
    }

    /** A commit that fails costs nothing but reading again: the rows are there. */
    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT_TIMEOUT);
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
            LOG.info("offsets were not committed, some records will be read again: {}", e.getMessage());
        }
    }

    private static String coordinates(ConsumerRecord<?, ?> source) {
        return "%s-%d@%d".formatted(source.topic(), source.partition(), source.offset());
    }
}
