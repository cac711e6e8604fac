package io.fanfare.bench.verify;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read from a topic.
 *
 * @param eventId the header ce_id; null where it has none
 * @param type the header ce_type; empty where it has none
 * @param isRepeated marked by its writer as told before
 * @param value null where the bytes stand for no record of this topic
 */
record Fact<V>(
        String topic,
        int partition,
        long offset,
        String key,
        @Nullable UUID eventId,
        String type,
        boolean isRepeated,
        Fingerprint payload,
        @Nullable V value) {

    /** Where it is, for people. */
    String place() {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }
}
