package io.fanfare.standalone;

import io.fanfare.events.MilestonesConfigured;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads whole topics, as a stranger would who knows the broker and the registry. */
record TopicReader(String bootstrap, URI registry) {

    /** All that the topic holds now and can be read, committed records only, in the order of each partition. */
    <V extends SpecificRecord> List<ConsumerRecord<String, V>> records(Topic<String, V> topic) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        var values = topic.valueSerde(new ConfluentRegistry(registry)).deserializer();
        var found = new ArrayList<ConsumerRecord<String, V>>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new Tolerant<>(values))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, V> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() != null) {
                        found.add(record);
                    }
                }
            }
        }
        return found;
    }

    /** From when on the wallets app judges by the milestones of a game, in milliseconds; later than now where it is not known. */
    long milestonesCountFrom(String game) {
        return records(Topics.CONFIG).stream()
                .map(ConsumerRecord::value)
                .filter(MilestonesConfigured.class::isInstance)
                .map(MilestonesConfigured.class::cast)
                .filter(configured -> configured.getGameId().equals(game))
                .mapToLong(configured -> configured.getEffectiveAt().toEpochMilli())
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
