package io.fanfare.bench.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The reference of a restoration: reads the same changelogs, committed records only, into one RocksDB for each partition of each, in
 * batches and without a log of its own; no more than that. As a program it does so and says {@code restored <records>}.
 */
final class BareRestore {

    private static final Duration POLL = Duration.ofMillis(100);

    private BareRestore() {}

    /** @param words bootstrap, folder, partitions, changelogs */
    public static void main(String... words) throws Exception {
        RocksDB.loadLibrary();
        List<String> changelogs = List.of(words).subList(3, words.length);
        long restored = restore(words[0], Path.of(words[1]), Integer.parseInt(words[2]), changelogs);
        System.out.println("restored " + restored);
        System.exit(0);
    }

    private static long restore(String bootstrap, Path folder, int count, List<String> changelogs)
            throws RocksDBException, IOException {
        List<TopicPartition> partitions = changelogs.stream()
                .flatMap(topic -> IntStream.range(0, count).mapToObj(partition -> new TopicPartition(topic, partition)))
                .toList();
        Map<TopicPartition, RocksDB> stores = new HashMap<>();
        long restored = 0;
        try (var options = new Options().setCreateIfMissing(true);
                var unlogged = new WriteOptions().setDisableWAL(true);
                var consumer = new KafkaConsumer<>(
                        settings(bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Files.createDirectories(folder);
            for (TopicPartition partition : partitions) {
                stores.put(
                        partition,
                        RocksDB.open(
                                options, folder.resolve(partition.toString()).toString()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    restored += write(stores.get(partition), unlogged, records.records(partition));
                }
            }
            try (var flush = new FlushOptions().setWaitForFlush(true)) {
                for (RocksDB store : stores.values()) {
                    store.flush(flush);
                }
            }
        } finally {
            stores.values().forEach(RocksDB::close);
        }
        return restored;
    }

    private static long write(
            @Nullable RocksDB store, WriteOptions unlogged, List<ConsumerRecord<byte[], byte[]>> records)
            throws RocksDBException {
        if (store == null) {
            throw new IllegalStateException("a partition that was not asked for");
        }
        try (var batch = new WriteBatch()) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.value() == null) {
                    batch.delete(record.key());
                } else {
                    batch.put(record.key(), record.value());
                }
            }
            store.write(unlogged, batch);
        }
        return records.size();
    }

    private static Map<String, Object> settings(String bootstrap) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                8 * 1024 * 1024,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                64 * 1024 * 1024);
    }
}
