package io.fanfare.bench.verify;

import static java.util.stream.Collectors.joining;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Waits until the platform's consumers have passed certain offsets. */
final class ConsumerLag {

    /** Who reads what, by consumer group. */
    static final Map<String, List<Topic<?, ?>>> READERS = readers();

    private static final String WALLETS = "fanfare-wallets";
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Target target;
    private final int generation;

    /** @param generation of the wallets' state that is live; further ones have a group of their own */
    ConsumerLag(Target target, int generation) {
        this.target = target;
        this.generation = generation;
    }

    private static Map<String, List<Topic<?, ?>>> readers() {
        var readers = new LinkedHashMap<String, List<Topic<?, ?>>>();
        readers.put(WALLETS, List.of(Topics.WALLET_COMMANDS));
        readers.put("fanfare-leaderboards", List.of(Topics.PLAYS));
        readers.put("fanfare-definition-check", List.of(Topics.CONFIG));
        readers.put("fanfare-webhooks", List.of(Topics.PLAYS));
        readers.put("fanfare-webhooks-rewards", List.of(Topics.REWARDS));
        readers.put("fanfare-redemptions", List.of(Topics.WALLET_ENTRIES));
        readers.put("fanfare-granter", List.of(Topics.MILESTONES));
        readers.put("fanfare-wallet-outcomes", List.of(Topics.WALLET_ENTRIES));
        readers.put("fanfare-transfers", List.of(Topics.WALLET_ENTRIES));
        return readers;
    }

    /**
     * Returns when every group has committed what is before these offsets, of the topics that it reads.
     *
     * @throws NotDrained where one has not in time
     */
    void awaitPast(Map<TopicPartition, Long> offsets, Instant deadline) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, target.bootstrap()))) {
            for (var reader : READERS.entrySet()) {
                Map<TopicPartition, Long> wanted = new HashMap<>(offsets);
                wanted.keySet()
                        .removeIf(partition -> reader.getValue().stream()
                                .noneMatch(topic -> topic.name().equals(partition.topic())));
                await(admin, group(reader.getKey()), wanted, deadline);
            }
        }
    }

    private String group(String reader) {
        return reader.equals(WALLETS) && generation > 1 ? reader + "-" + generation : reader;
    }

    private static void await(Admin admin, String group, Map<TopicPartition, Long> wanted, Instant deadline)
            throws InterruptedException {
        Map<TopicPartition, Long> behind = behind(admin, group, wanted);
        while (!behind.isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                throw new NotDrained("group %s is behind on %s".formatted(group, describe(behind)));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            behind = behind(admin, group, wanted);
        }
    }

    /** How many offsets are missing, by partition where any are. */
    private static Map<TopicPartition, Long> behind(Admin admin, String group, Map<TopicPartition, Long> wanted)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, group);
        var behind = new HashMap<TopicPartition, Long>();
        wanted.forEach((partition, offset) -> {
            OffsetAndMetadata at = committed.get(partition);
            long missing = offset - (at == null ? 0 : at.offset());
            if (missing > 0) {
                behind.put(partition, missing);
            }
        });
        return behind;
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group)
            throws InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the offsets of group %s cannot be read".formatted(group), e.getCause());
        }
    }

    private static String describe(Map<TopicPartition, Long> behind) {
        return behind.entrySet().stream()
                .map(entry -> "%s by %d".formatted(entry.getKey(), entry.getValue()))
                .sorted()
                .collect(joining(", "));
    }
}
