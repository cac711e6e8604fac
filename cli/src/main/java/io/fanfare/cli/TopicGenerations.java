package io.fanfare.cli;

import io.fanfare.events.GenerationChanged;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The generations of an app's state, as their topic tells of them. */
final class TopicGenerations implements Generations, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String app;
    private final Admin admin;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final RecordReader<GenerationChanged> reader;
    private final RecordWriter<GenerationChanged> writer;
    private final List<TopicPartition> partitions;
    private GenerationChanged current;

    TopicGenerations(String app, String bootstrap, ConfluentRegistry registry) {
        this.app = app;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        this.reader = new RecordReader<>(Topics.GENERATIONS, registry);
        this.writer = new RecordWriter<>(Topics.GENERATIONS, registry);
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.ACKS_CONFIG, "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.current = first(app);
        this.partitions = consumer.partitionsFor(Topics.GENERATIONS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private static GenerationChanged first(String app) {
        return GenerationChanged.newBuilder()
                .setApp(app)
                .setLive(1)
                .setCut(List.of())
                .setOccurredAt(Instant.EPOCH)
                .build();
    }

    @Override
    public GenerationChanged current() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(record -> {
                if (app.equals(record.key()) && record.value() != null) {
                    GenerationChanged told = reader.read(record.value());
                    current = isAfter(told, current) ? told : current;
                }
            });
        }
        return current;
    }

    @Override
    public GenerationChanged begin(GenerationChanged now) throws InterruptedException {
        Integer building = now.getBuilding();
        GenerationChanged next = GenerationChanged.newBuilder(now)
                .setBuilding(1 + (building == null ? now.getLive() : building))
                .setSwitching(false)
                .setOccurredAt(Instant.now())
                .build();
        try {
            producer.send(new ProducerRecord<>(Topics.GENERATIONS.name(), app, writer.write(next)))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("the rebuild could not be asked for", e.getCause());
        }
        return current();
    }

    @Override
    public Progress progress(GenerationChanged now) throws InterruptedException {
        int building = now.getBuilding() == null ? now.getLive() : now.getBuilding();
        try {
            Map<TopicPartition, Long> done = new HashMap<>();
            admin.listConsumerGroupOffsets(RebuildCommand.group(app, building))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null && partition.topic().equals(RebuildCommand.source())) {
                            done.put(partition, offset.offset());
                        }
                    });
            long there = ends();
            long sum = done.values().stream().mapToLong(Long::longValue).sum();
            return new Progress(sum, there, now.getSwitching());
        } catch (ExecutionException e) {
            throw new KafkaException("the progress cannot be read", e.getCause());
        }
    }

    private long ends() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        consumer.partitionsFor(RebuildCommand.source())
                .forEach(partition ->
                        latest.put(new TopicPartition(partition.topic(), partition.partition()), OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** As the platform reads the topic: nobody goes back. */
    private static boolean isAfter(GenerationChanged one, GenerationChanged other) {
        if (one.getLive() != other.getLive()) {
            return one.getLive() > other.getLive();
        }
        int first = one.getBuilding() == null ? 0 : one.getBuilding();
        int second = other.getBuilding() == null ? 0 : other.getBuilding();
        return first != second ? first > second : one.getSwitching() && !other.getSwitching();
    }

    @Override
    public void close() {
        admin.close();
        consumer.close();
        producer.close();
    }
}
