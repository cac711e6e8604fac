package io.fanfare.edge.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the relay's heartbeats on their topic, for as long as it is open: where one has arrived, so has everything that was
 * committed before it was written. A broker that does not answer, or a topic that is not there yet, is tried again; meanwhile the
 * latest that was heard grows old, as it should.
 */
public final class HeartbeatTopic implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeartbeatTopic.class);

    /** Of those that came through the outbox. Debezium writes others to the same topic, which prove nothing. */
    private static final byte[] KEY = "outbox".getBytes(StandardCharsets.UTF_8);

    /** Enough for one that came through the outbox to be among them: every second place is the end of a transaction. */
    private static final long LATEST = 100;

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> topics;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final AtomicReference<@Nullable Instant> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable Consumer<byte[], byte[]>> listening = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private HeartbeatTopic(List<String> topics, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.topics = List.copyOf(topics);
        this.consumers = consumers;
        this.thread = Thread.ofPlatform().name("relay-heartbeats").daemon().unstarted(this::listen);
    }

    /**
     * Begins to listen, and returns at once.
     *
     * @param topics where it may be heard; it is listened to on those that are there
     */
    public static HeartbeatTopic opened(String bootstrap, List<String> topics) {
        var opened = new HeartbeatTopic(topics, () -> consumer(bootstrap));
        opened.thread.start();
        return opened;
    }

    /** When the latest one that has arrived was written, by the database's clock; empty where none was heard yet. */
    public Optional<Instant> latest() {
        return Optional.ofNullable(latest.get());
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> now = listening.get();
        if (now != null) {
            now.wakeup();
        }
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Consumer<byte[], byte[]> consumer(String bootstrap) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "fanfare-relay-heartbeats",
                // One of a transaction that is not over stands for nothing: what is before it may still be taken back.
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void listen() {
        boolean isComplained = false;
        while (isOpen()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                listening.set(consumer);
                if (isThere(consumer)) {
                    isComplained = false;
                    hear(consumer);
                }
            } catch (WakeupException | InterruptException e) {
                log.debug("no longer listening to {}", topics);
            } catch (KafkaException e) {
                if (!isComplained) {
                    log.warn("the relay's heartbeats on {} cannot be heard; trying again", topics, e);
                    isComplained = true;
                }
            } finally {
                listening.set(null);
            }
            pause();
        }
    }

    /** Where it is, the consumer stands a little before its end. */
    private boolean isThere(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.endOffsets(partitions)
                .forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - LATEST)));
        return !partitions.isEmpty();
    }

    private void hear(Consumer<byte[], byte[]> consumer) {
        while (isOpen()) {
            for (ConsumerRecord<byte[], byte[]> beat : consumer.poll(POLL)) {
                if (Arrays.equals(beat.key(), KEY)) {
                    Instant writtenAt = Instant.ofEpochMilli(beat.timestamp());
                    // A relay that tells everything again tells old ones too.
                    latest.accumulateAndGet(
                            writtenAt, (known, heard) -> known == null || known.isBefore(heard) ? heard : known);
                }
            }
        }
    }

    private void pause() {
        try {
            boolean _ = closed.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }
}
