package io.fanfare.streams.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The newest committed records of a topic. It reads the ends of the partitions, never a whole topic: with a key, the last
 * {@value #SCANNED_FOR_KEY} records of the key's partition.
 *
 * @param key null = whatever the key
 */
record NewestRecords(String topic, int limit, @Nullable String key) {

    private static final int SCANNED_FOR_KEY = 1_000;
    private static final int SCANNED = 50;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Comparator<ConsumerRecord<byte[], byte[]>> NEWEST_FIRST =
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                    .thenComparingInt(ConsumerRecord::partition)
                    .thenComparingLong(ConsumerRecord::offset)
                    .reversed();

    List<ConsumerRecord<byte[], byte[]>> read(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        consumer.beginningOffsets(partitions)
                .forEach((partition, begin) ->
                        consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, 0L) - depth())));
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isBehind(consumer, ends) && System.nanoTime() < deadline) {
            consumer.poll(POLL).forEach(record -> {
                if (isWanted(record)) {
                    found.add(record);
                }
            });
        }
        return found.stream().sorted(NEWEST_FIRST).limit(limit).toList();
    }

    /** Transaction markers take offsets too, so more is read than is asked for. */
    private long depth() {
        return key != null ? SCANNED_FOR_KEY : Math.max(SCANNED, 3L * limit);
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        int count = consumer.partitionsFor(topic).size();
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        return key == null ? all : List.of(all.get(Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % count));
    }

    private boolean isWanted(ConsumerRecord<byte[], byte[]> record) {
        return key == null || (record.key() != null && key.equals(new String(record.key(), UTF_8)));
    }

    private static boolean isBehind(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }
}
