package io.fanfare.streams.rebuild;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the broker knows of the consumer groups of an app's generations. For many threads. */
final class Groups implements AutoCloseable {

    private final Admin admin;
    private final String source;

    Groups(String bootstrap, String source) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        this.source = source;
    }

    /** How far a group has come with the source. */
    Map<Integer, Long> committed(String group) throws InterruptedException, ExecutionException {
        return committed(group, false);
    }

    private Map<Integer, Long> committed(String group, boolean isDecided)
            throws InterruptedException, ExecutionException {
        Map<Integer, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(
                        group, new ListConsumerGroupOffsetsOptions().requireStable(isDecided))
                .partitionsToOffsetAndMetadata()
                .get();
        offsets.forEach((partition, offset) -> {
            if (offset != null && partition.topic().equals(source)) {
                committed.put(partition.partition(), offset.offset());
            }
        });
        return committed;
    }

    /** The same for every partition of the source, in their order; what a transaction has not decided yet is waited for. */
    List<Long> position(String group) throws InterruptedException, ExecutionException {
        Map<Integer, Long> committed = committed(group, true);
        int partitions = admin.describeTopics(List.of(source))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
        return IntStream.range(0, partitions)
                .mapToObj(partition -> committed.getOrDefault(partition, 0L))
                .toList();
    }

    /** Whether nobody is in a group any more: nobody can commit for it until somebody joins. */
    boolean isEmpty(String group) throws InterruptedException, ExecutionException {
        try {
            GroupState state = admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .groupState();
            return state == GroupState.EMPTY || state == GroupState.DEAD;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw e;
        }
    }

    /** Deletes the changelogs of a generation that nobody runs any more. */
    void forgetState(String applicationId) throws InterruptedException, ExecutionException {
        // Names of stores begin with a letter, further generations with a number.
        String changelog = Pattern.quote(applicationId) + "-[a-z][a-z-]*-changelog";
        List<String> changelogs = admin.listTopics().names().get().stream()
                .filter(topic -> topic.matches(changelog))
                .toList();
        try {
            admin.deleteTopics(changelogs).all().get();
        } catch (ExecutionException e) {
            boolean anotherInstanceWasFaster = e.getCause() instanceof UnknownTopicOrPartitionException;
            if (!anotherInstanceWasFaster) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
