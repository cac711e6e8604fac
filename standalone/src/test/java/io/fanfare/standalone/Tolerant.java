package io.fanfare.standalone;

import io.fanfare.schemas.wire.MalformedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads null where there is no record in the bytes, for tests that put such bytes there. */
record Tolerant<T>(Deserializer<T> records) implements Deserializer<T> {

    @Override
    public @Nullable T deserialize(String topic, byte[] bytes) {
        try {
            return records.deserialize(topic, bytes);
        } catch (MalformedRecord _) {
            return null;
        }
    }
}
