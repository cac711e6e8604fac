package io.fanfare.streams.leaderboard;

import static java.util.Objects.requireNonNull;

import io.fanfare.schemas.Topics;
import io.fanfare.streams.runtime.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.springframework.stereotype.Component;

/** How many slices each board has: one per partition of the plays. Asked of the broker once, since it never changes. */
@Component
final class SliceCount {

    private static final long ANSWER_WITHIN_SECONDS = 5;

    private final KafkaSettings kafka;
    private volatile int known;

    SliceCount(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    int slices() {
        if (known == 0) {
            known = ask();
        }
        return known;
    }

    private int ask() {
        String plays = Topics.PLAYS.name();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()))) {
            var described = admin.describeTopics(List.of(plays)).allTopicNames();
            TopicDescription topic =
                    described.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).get(plays);
            return requireNonNull(topic, plays).partitions().size();
        } catch (ExecutionException | TimeoutException e) {
            throw AllSlices.unavailable("cannot be counted: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw AllSlices.unavailable("cannot be counted: interrupted");
        }
    }
}
