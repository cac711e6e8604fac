package io.fanfare.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic to be read, committed records only; nothing is remembered at the broker of having read it. */
final class OpenTopic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String name;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** @throws CannotDo where the broker does not answer or has no such topic */
    OpenTopic(String bootstrap, String name) {
        this.name = name;
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                2_000,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            this.partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
        } catch (TimeoutException e) {
            consumer.close();
            throw new CannotDo(
                    "the broker at %s does not answer; is the platform up? ./fanfare status".formatted(bootstrap), e);
        }
        if (partitions.isEmpty()) {
            consumer.close();
            throw new CannotDo("the broker at %s has no topic %s".formatted(bootstrap, name));
        }
        consumer.assign(partitions);
    }

    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    Map<TopicPartition, Long> beginnings() {
        return consumer.beginningOffsets(partitions);
    }

    /** The first offsets of this time or later; the end where there is nothing so late. */
    Map<TopicPartition, Long> at(Instant time) {
        var wanted = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> wanted.put(partition, time.toEpochMilli()));
        Map<TopicPartition, Long> found = new HashMap<>(ends());
        consumer.offsetsForTimes(wanted)
                .forEach((partition, first) -> Optional.ofNullable(first)
                        .map(OffsetAndTimestamp::offset)
                        .ifPresent(offset -> found.put(partition, offset)));
        return found;
    }

    void seek(Map<TopicPartition, Long> offsets) {
        offsets.forEach(consumer::seek);
    }

    ConsumerRecords<byte[], byte[]> poll() {
        return consumer.poll(POLL);
    }

    boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    /**
     * Reads on, up to these offsets.
     *
     * @throws CannotDo where the broker gives nothing for longer than the patience
     */
    void readTo(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> onRecord) {
        Instant lastProgress = Instant.now();
        while (isBehind(ends)) {
            ConsumerRecords<byte[], byte[]> records = poll();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < ends.getOrDefault(new TopicPartition(name, record.partition()), Long.MAX_VALUE)) {
                    onRecord.accept(record);
                }
            }
            if (!records.isEmpty()) {
                lastProgress = Instant.now();
            } else if (Instant.now().isAfter(lastProgress.plus(PATIENCE))) {
                throw new CannotDo("%s could not be read to its end".formatted(name));
            }
        }
    }

    /** Reads some partitions between these offsets, both included; what is gone meanwhile is passed over. */
    void readBetween(
            Map<TopicPartition, Long> first,
            Map<TopicPartition, Long> last,
            Consumer<ConsumerRecord<byte[], byte[]>> onRecord) {
        var ends = new HashMap<TopicPartition, Long>();
        last.forEach((partition, offset) -> ends.put(partition, offset + 1));
        consumer.assign(first.keySet());
        try {
            seek(first);
            readTo(ends, onRecord);
        } finally {
            consumer.assign(partitions);
        }
    }

    /**
     * Returns when what was committed up to these offsets can be read.
     *
     * @throws CannotDo where that takes longer than the patience
     */
    void awaitSeen(Map<TopicPartition, Long> last) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (consumer.endOffsets(last.keySet()).entrySet().stream()
                .anyMatch(end -> end.getValue() <= last.getOrDefault(end.getKey(), 0L))) {
            if (Instant.now().isAfter(deadline)) {
                throw new CannotDo("%s: the broker does not show yet what it has committed".formatted(name));
            }
            Thread.sleep(PAUSE);
        }
    }

    /** The record at a place; empty where it is gone. */
    Optional<ConsumerRecord<byte[], byte[]>> at(Coordinates coordinates) {
        var place = new TopicPartition(name, coordinates.partition());
        long offset = coordinates.offset();
        boolean isThere = consumer.beginningOffsets(List.of(place)).getOrDefault(place, 0L) <= offset
                && offset < consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        if (isThere) {
            readBetween(Map.of(place, offset), Map.of(place, offset), found::add);
        }
        return found.stream().filter(record -> record.offset() == offset).findFirst();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
