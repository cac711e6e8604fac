package io.fanfare.bench.wallet;

import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the wallets app wrote in one cell, counted again: each number of a wallet once, in order, on the balance before it. */
final class Entries {

    private static final Duration POLL = Duration.ofMillis(200);

    private final RecordReader<SpecificRecord> reader = new RecordReader<>(Topics.WALLET_ENTRIES, Schemas.known());
    private final Map<String, Wallet> wallets = new HashMap<>();
    private long count;

    private Entries() {}

    private record Wallet(long number, long balance) {}

    /**
     * Reads what is committed between two positions.
     *
     * @param repeats whether a number may come again, as without exactly-once
     * @return how many numbers there were
     * @throws IllegalStateException where an entry is not what it must be
     */
    static long check(String bootstrap, Map<Integer, Long> from, Map<Integer, Long> to, boolean repeats) {
        var entries = new Entries();
        List<TopicPartition> partitions = from.keySet().stream()
                .map(partition -> new TopicPartition(Topics.WALLET_ENTRIES.name(), partition))
                .toList();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition.partition(), 0L)));
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < to.getOrDefault(partition.partition(), 0L))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < to.getOrDefault(record.partition(), 0L)) {
                        entries.enter(entries.reader.read(record.value()), repeats);
                    }
                }
            }
        }
        return entries.count;
    }

    private void enter(SpecificRecord told, boolean repeats) {
        if (!(told instanceof WalletPosted posted)) {
            throw new IllegalStateException("expected that every command is accepted, found " + told);
        }
        Wallet before = wallets.getOrDefault(posted.getPlayerId(), new Wallet(0, 0));
        if (repeats && posted.getSequence() <= before.number()) {
            return;
        }
        List<WalletEntry> entries = posted.getEntries();
        WalletEntry entry = entries.getFirst();
        if (posted.getSequence() != before.number() + 1
                || entries.size() != 1
                || entry.getBalanceAfter() != before.balance() + entry.getAmount()) {
            throw new IllegalStateException("%s does not follow on number %d with balance %d"
                    .formatted(posted, before.number(), before.balance()));
        }
        wallets.put(posted.getPlayerId(), new Wallet(posted.getSequence(), entry.getBalanceAfter()));
        count++;
    }
}
