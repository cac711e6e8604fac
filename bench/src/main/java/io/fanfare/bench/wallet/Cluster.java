package io.fanfare.bench.wallet;

import static java.util.stream.Collectors.toMap;

import io.fanfare.schemas.TopicCreation;
import io.fanfare.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Topics and groups of the broker under test. */
final class Cluster implements AutoCloseable {

    private final Admin admin;
    private final int partitions;

    Cluster(String bootstrap, int partitions) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        this.partitions = partitions;
    }

    int partitions() {
        return partitions;
    }

    void createTopics() throws InterruptedException, ExecutionException {
        new TopicCreation(partitions, (short) 1).createMissing(admin);
        admin.createTopics(List.of(new NewTopic(BareTopology.OUTPUT, partitions, (short) 1)))
                .all()
                .get();
    }

    /** The end of each partition of a topic, as those see it who read what is committed. */
    Map<Integer, Long> ends(String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(toMap(partition -> partition, _ -> OffsetSpec.latest()));
        Map<Integer, Long> ends = new HashMap<>();
        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    /** How far a group has come with the commands, as committed. */
    Map<Integer, Long> positions(String group) throws InterruptedException, ExecutionException {
        Map<Integer, Long> positions = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null && partition.topic().equals(Topics.WALLET_COMMANDS.name())) {
                        positions.put(partition.partition(), offset.offset());
                    }
                });
        return positions;
    }

    /** Has a group that does not exist yet begin there. */
    void begin(String group, Map<Integer, Long> positions) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach((partition, offset) -> offsets.put(
                new TopicPartition(Topics.WALLET_COMMANDS.name(), partition), new OffsetAndMetadata(offset)));
        admin.alterConsumerGroupOffsets(group, offsets).all().get();
    }

    /** The changelogs of an app. */
    List<String> changelogs(String applicationId) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(applicationId + "-") && topic.endsWith("-changelog"))
                .sorted()
                .toList();
    }

    void delete(List<String> topics) throws InterruptedException, ExecutionException {
        admin.deleteTopics(topics).all().get();
    }

    @Override
    public void close() {
        admin.close();
    }
}
