package io.fanfare.worker.integration;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.events.PlayCompleted;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.MalformedRecord;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.NewDelivery;
import io.fanfare.store.integration.WebhookDeliveries;
import io.fanfare.worker.integration.DeadLetters.Poison;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Turns plays into deliveries, a batch at a time. An offset is committed only when the rows of everything before it are, or
 * it is a dead letter that the broker has acknowledged. What fails for now (database, registry, broker) is read again after
 * a pause, for as long as it takes; what no retry can mend becomes a dead letter and the next record goes on. Reading a
 * record again changes nothing.
 *
 * <p>For one thread only, as the consumer is.
 */
final class PlaySubscription implements AutoCloseable {

    static final String TRACEPARENT = "traceparent";

    private static final Logger LOG = LoggerFactory.getLogger(PlaySubscription.class);
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
    private final RecordReader<PlayCompleted> reader;
    private final Integrations integrations;
    private final WebhookDeliveries deliveries;
    private final DeadLetters deadLetters;
    private final FanOutMetrics metrics;
    private final Runnable onNewDeliveries;
    private final Clock clock;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private int failures;
    private Instant pausedUntil = Instant.MIN;

    private record Play(ConsumerRecord<byte[], byte[]> source, List<PlatformEvent> events) {
        TenantId tenant() {
            return events.getFirst().tenant();
        }
    }

    /** @param onNewDeliveries called when new rows were committed, on the thread that called {@link #step} */
    PlaySubscription(
            Consumer<byte[], byte[]> consumer,
            SchemaRegistry registry,
            Integrations integrations,
            WebhookDeliveries deliveries,
            DeadLetters deadLetters,
            FanOutMetrics metrics,
            Runnable onNewDeliveries,
            Clock clock) {
        this.consumer = consumer;
        this.reader = new RecordReader<>(Topics.PLAYS, registry, REGISTRY_PATIENCE);
        this.integrations = integrations;
        this.deliveries = deliveries;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.onNewDeliveries = onNewDeliveries;
        this.clock = clock;
    }

    void open() {
        consumer.subscribe(List.of(Topics.PLAYS.name()));
    }

    /**
     * Reads what there is, waiting for a moment where there is nothing, and processes it.
     *
     * @throws WakeupException where somebody called {@link #wakeup}
     * @throws org.apache.kafka.common.KafkaException where the broker cannot be read from now
     */
    void step() {
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
    void wakeup() {
        consumer.wakeup();
    }

    /** Whether what was read last could be processed. */
    boolean isProcessing() {
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
        List<Play> plays = read(records, poison);
        Map<TenantId, List<Integration>> active =
                plays.stream().map(Play::tenant).distinct().collect(toMap(identity(), integrations::active));
        // In the order of the topic, which is the order in which endpoints are told.
        var byPlay = new LinkedHashMap<Play, List<NewDelivery>>();
        for (Play play : plays) {
            try {
                List<Integration> ofTenant = active.getOrDefault(play.tenant(), List.of());
                byPlay.put(play, FanOut.deliveries(play.events(), ofTenant, traceparent(play.source())));
            } catch (IllegalArgumentException e) {
                poison.add(new Poison(play.source(), e));
            }
        }
        int added = store(byPlay, poison);
        if (!poison.isEmpty()) {
            deadLetters.publish(poison);
            poison.forEach(one -> LOG.warn(
                    "{} is a dead letter: {}",
                    coordinates(one.source()),
                    one.cause().getMessage()));
        }
        metrics.processed(records.count() - poison.size(), poison.size());
        if (added > 0) {
            onNewDeliveries.run();
        }
    }

    /**
     * Poison is what is known to be wrong with a record. Anything else that fails, a bug of ours for one, is no reason to
     * give the record up.
     */
    private List<Play> read(ConsumerRecords<byte[], byte[]> records, List<Poison> poison) {
        var plays = new ArrayList<Play>();
        for (ConsumerRecord<byte[], byte[]> source : records) {
            try {
                plays.add(new Play(source, PlayEvents.of(read(source))));
            } catch (MalformedRecord | IllegalArgumentException e) {
                poison.add(new Poison(source, e));
            }
        }
        return plays;
    }

    private PlayCompleted read(ConsumerRecord<byte[], byte[]> source) {
        byte @Nullable [] value = source.value();
        if (value == null) {
            throw new MalformedRecord("%s: no value, expected a play".formatted(coordinates(source)));
        }
        return reader.read(value);
    }

    /** All in one transaction; where the database finds one of them impossible, play by play, to find out which. */
    private int store(Map<Play, List<NewDelivery>> byPlay, List<Poison> poison) {
        try {
            return deliveries.add(byPlay.values().stream().flatMap(List::stream).toList());
        } catch (DataIntegrityViolationException _) {
            int added = 0;
            for (var play : byPlay.entrySet()) {
                try {
                    added += deliveries.add(play.getValue());
                } catch (DataIntegrityViolationException e) {
                    poison.add(new Poison(play.getKey().source(), e));
                }
            }
            return added;
        }
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

    /** A record that comes without a trace begins one, so that all attempts to tell of it are in the same. */
    private static String traceparent(ConsumerRecord<byte[], byte[]> source) {
        Header header = source.headers().lastHeader(TRACEPARENT);
        byte @Nullable [] value = header == null ? null : header.value();
        return TraceContext.continuing(value == null ? null : new String(value, StandardCharsets.US_ASCII))
                .traceparent();
    }

    private static String coordinates(ConsumerRecord<?, ?> source) {
        return "%s-%d@%d".formatted(source.topic(), source.partition(), source.offset());
    }
}
