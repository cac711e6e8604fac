package io.fanfare.store.outbox;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.schemas.Topic;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A fact on its way to a topic.
 *
 * @param key of the record
 * @param partition the one it must go to; null = by key
 * @param traceparent W3 trace context that it continues; null where none
 * @param occurredAt event time
 */
public record OutboxEvent<V extends SpecificRecord>(
        TenantId tenant,
        Topic<String, ? super V> topic,
        String key,
        V record,
        @Nullable Integer partition,
        @Nullable String traceparent,
        Instant occurredAt) {

    public OutboxEvent {
        requireNonNull(tenant, "tenant");
        requireNonNull(topic, "topic");
        requireNonNull(record, "record");
        requireNonNull(occurredAt, "occurredAt");
        if (key.isEmpty() || key.length() > 250) {
            throw new IllegalArgumentException(
                    "the key '%s' has %d characters, expected 1 to 250".formatted(key, key.length()));
        }
        if (traceparent != null && traceparent.length() > 64) {
            throw new IllegalArgumentException(
                    "traceparent is '%s', expected at most 64 characters".formatted(traceparent));
        }
    }

    /** The ordinary case: its key decides on the partition. */
    public static <V extends SpecificRecord> OutboxEvent<V> keyed(
            TenantId tenant,
            Topic<String, ? super V> topic,
            String key,
            V record,
            @Nullable String traceparent,
            Instant occurredAt) {
        return new OutboxEvent<>(tenant, topic, key, record, null, traceparent, occurredAt);
    }
}
