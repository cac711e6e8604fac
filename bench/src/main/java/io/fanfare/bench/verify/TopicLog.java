package io.fanfare.bench.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.MalformedRecord;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A topic from its beginning, committed records only, read on as often as one likes. Closes its consumer. */
final class TopicLog<V extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final @Nullable RecordReader<V> reader;
    private final List<Fact<V>> facts = new ArrayList<>();
    private final Map<TopicPartition, Long> behindLast = new HashMap<>();

    private TopicLog(String topic, String bootstrap, @Nullable RecordReader<V> reader) {
        this.topic = topic;
        this.reader = reader;
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    static <V extends SpecificRecord> TopicLog<V> of(Topic<String, V> topic, Target target, SchemaRegistry registry) {
        return new TopicLog<>(topic.name(), target.bootstrap(), new RecordReader<>(topic, registry));
    }

    /** One whose values stand for nothing. */
    static TopicLog<SpecificRecord> withoutValues(String topic, Target target) {
        return new TopicLog<>(topic, target.bootstrap(), null);
    }

    /**
     * Reads up to where the topic ends now.
     *
     * @throws NotDrained where it did not get there in time
     */
    void readOn(Instant deadline) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (Instant.now().isAfter(deadline)) {
                throw new NotDrained("%s could not be read to its end".formatted(topic));
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                facts.add(fact(record));
                behindLast.put(new TopicPartition(topic, record.partition()), record.offset() + 1);
            }
        }
    }

    /** What was read so far, each partition in its order. */
    List<Fact<V>> facts() {
        return List.copyOf(facts);
    }

    /** The offset behind the last record of each partition that has any. */
    Map<TopicPartition, Long> behindLast() {
        return Map.copyOf(behindLast);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Fact<V> fact(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return new Fact<>(
                topic,
                record.partition(),
                record.offset(),
                record.key() == null ? "" : new String(record.key(), UTF_8),
                eventId(header(record, "ce_id")),
                header(record, "ce_type"),
                header(record, "fanfare-repeated").equals("true"),
                Fingerprint.of(value),
                read(value));
    }

    private @Nullable V read(byte[] value) {
        if (reader == null) {
            return null;
        }
        try {
            return reader.read(value);
        } catch (MalformedRecord _) {
            return null;
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private static @Nullable UUID eventId(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
