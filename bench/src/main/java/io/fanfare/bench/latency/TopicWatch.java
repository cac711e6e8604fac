package io.fanfare.bench.latency;

import io.fanfare.bench.verify.Target;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.schemas.wire.RecordReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Tells a stage of every play that appears on a topic from now on, as a subscriber sees it: committed, and fetched. */
final class TopicWatch<V extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordReader<V> reader;
    private final Function<SpecificRecord, Optional<String>> play;
    private final Stage stage;
    private final Thread thread;

    /** @param play which play a record is about; empty where it is about none of ours */
    TopicWatch(Topic<String, V> topic, Target target, Function<SpecificRecord, Optional<String>> play, Stage stage) {
        this.reader = new RecordReader<>(topic, new ConfluentRegistry(target.registry()));
        this.play = play;
        this.stage = stage;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        target.bootstrap(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The end is looked up when it is needed, and that should be now.
        partitions.forEach(consumer::position);
        this.thread = Thread.ofPlatform().name("watch-" + topic.name()).start(this::watch);
    }

    private void watch() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    long now = System.nanoTime();
                    play.apply(reader.read(record.value())).ifPresent(id -> stage.seen(id, now));
                }
            }
        } catch (WakeupException closed) {
            // That is how it ends.
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
