package io.fanfare.streams.rebuild;

import io.fanfare.events.GenerationChanged;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The steps of an app's rebuilds, on their topic. For many threads. */
final class GenerationLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final String app;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final RecordReader<GenerationChanged> reader;
    private final RecordWriter<GenerationChanged> writer;
    private final Clock clock;
    private List<TopicPartition> partitions = List.of();
    private Generation current = Generation.FIRST;

    GenerationLog(String app, String bootstrap, SchemaRegistry registry, Clock clock) {
        this.app = app;
        this.reader = new RecordReader<>(Topics.GENERATIONS, registry);
        this.writer = new RecordWriter<>(Topics.GENERATIONS, registry);
        this.clock = clock;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        50),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.ACKS_CONFIG, "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** As of now: whatever was written before is in it. */
    synchronized Generation current() {
        if (partitions.isEmpty()) {
            partitions = consumer.partitionsFor(Topics.GENERATIONS.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
        return current;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (app.equals(record.key()) && record.value() != null) {
            Generation told = Generation.of(reader.read(record.value()));
            current = told.isAfter(current) ? told : current;
        }
    }

    /** Returns when it is on the topic. */
    void write(Generation next) throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(
                        Topics.GENERATIONS.name(), app, writer.write(next.toRecord(app, clock.instant()))))
                .get();
    }

    @Override
    public synchronized void close() {
        consumer.close();
        producer.close();
    }
}
