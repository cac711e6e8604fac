package io.fanfare.schemas;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Brings the topics of the catalogue into being. Repeating it changes nothing.
 *
 * @param partitions of every topic, for ever: a player's records must stay on one partition
 * @param replication copies of each partition
 */
public record TopicCreation(int partitions, short replication) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A topic exists with another number of partitions than the platform was set up with. */
    public static final class PartitionsDiffer extends RuntimeException {
        PartitionsDiffer(String differences, int expected) {
            super("partition counts cannot change: %s, expected %d".formatted(differences, expected));
        }
    }

    public TopicCreation {
        if (partitions < 1 || partitions > 10_000) {
            throw new IllegalArgumentException("partitions is %d, expected 1 to 10000".formatted(partitions));
        }
        if (replication < 1) {
            throw new IllegalArgumentException("replication is %d, expected at least 1".formatted(replication));
        }
    }

    /**
     * Creates what is missing, and returns when it can be written to. A producer that writes to a partition before its leader knows of
     * it may have its first batch refused and its second taken, and is then out of sequence for good.
     *
     * @throws PartitionsDiffer where a topic of the catalogue has another partition count
     */
    public void createMissing(Admin admin) throws InterruptedException, ExecutionException {
        Set<String> existing = admin.listTopics().names().get();
        requireSamePartitions(admin, existing);
        List<NewTopic> missing = Topics.all().stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(this::newTopic)
                .toList();
        for (var created : admin.createTopics(missing).values().values()) {
            awaitCreated(created);
        }
        awaitLeaders(admin, missing);
    }

    private NewTopic newTopic(Topic<?, ?> topic) {
        return new NewTopic(topic.name(), partitions, replication)
                .configs(topic.retention().settings());
    }

    private static void awaitCreated(KafkaFuture<Void> created) throws InterruptedException, ExecutionException {
        try {
            created.get();
        } catch (ExecutionException e) {
            boolean anotherInstanceWasFaster = e.getCause() instanceof TopicExistsException;
            if (!anotherInstanceWasFaster) {
                throw e;
            }
        }
    }

    /** A leader that can tell where a partition ends can append to it. */
    private void awaitLeaders(Admin admin, List<NewTopic> topics) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = topics.stream()
                .flatMap(topic -> IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(toMap(partition -> partition, _ -> OffsetSpec.latest()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!haveLeaders(admin, ends, deadline)) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Whoever is asked may not know yet what was just created. */
    private static boolean haveLeaders(Admin admin, Map<TopicPartition, OffsetSpec> ends, long deadline)
            throws InterruptedException, ExecutionException {
        try {
            admin.listOffsets(ends).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException && System.nanoTime() < deadline) {
                return false;
            }
            throw e;
        }
    }

    /** Only of those that existed before: a broker may not know yet what it has just created. */
    private void requireSamePartitions(Admin admin, Set<String> existing)
            throws InterruptedException, ExecutionException {
        Set<String> names = Topics.all().stream()
                .map(Topic::name)
                .filter(existing::contains)
                .collect(toSet());
        String differences = admin.describeTopics(names).allTopicNames().get().values().stream()
                .filter(topic -> topic.partitions().size() != partitions)
                .map(topic -> topic.name() + " has " + topic.partitions().size())
                .sorted()
                .collect(joining(", "));
        if (!differences.isEmpty()) {
            throw new PartitionsDiffer(differences, partitions);
        }
    }
}
