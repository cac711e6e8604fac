package io.fanfare.schemas;

import static java.util.Objects.requireNonNull;

import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A topic of the catalogue: its name, what its keys are, which record types it carries, and how long it keeps them.
 *
 * @param <K> type of the keys
 * @param <V> what all its records have in common; the record itself where the topic carries one type only
 * @param keyMeaning what the key is made of, for people
 * @param recordTypes the generated classes of the records that it carries, at least one
 */
public record Topic<K, V extends SpecificRecord>(
        String name,
        Serde<K> keySerde,
        String keyMeaning,
        List<Class<? extends V>> recordTypes,
        Retention retention,
        String description) {

    /** How a topic lets go of its records. */
    public enum Retention {
        /** Kept for ever: an invariant is recomputed from it. */
        FOREVER,
        /** The last record of each key is kept for ever. */
        LATEST_PER_KEY,
        /** Kept for thirty days. */
        A_MONTH;

        /** The topic settings of the broker that stand for it. */
        public Map<String, String> settings() {
            return switch (this) {
                case FOREVER -> Map.of("cleanup.policy", "delete", "retention.ms", "-1");
                case LATEST_PER_KEY -> Map.of("cleanup.policy", "compact");
                case A_MONTH -> Map.of("cleanup.policy", "delete", "retention.ms", "2592000000");
            };
        }
    }

    public Topic {
        requireNonNull(keySerde, "keySerde");
        requireNonNull(retention, "retention");
        recordTypes = List.copyOf(recordTypes);
        if (!name.matches("fanfare\\.[a-z-]+\\.v[0-9]+")) {
            throw new IllegalArgumentException("topic name is '%s', expected fanfare.<feature>.v<n>".formatted(name));
        }
        if (recordTypes.isEmpty()) {
            throw new IllegalArgumentException("topic %s carries no record type".formatted(name));
        }
    }

    static <V extends SpecificRecord> Topic<String, V> keyedByText(
            String name,
            String keyMeaning,
            Retention retention,
            String description,
            List<Class<? extends V>> recordTypes) {
        return new Topic<>(name, Serdes.String(), keyMeaning, recordTypes, retention, description);
    }

    /** The schemas of its records, as this build writes them. */
    public List<Schema> schemas() {
        return recordTypes.stream().map(SpecificData.get()::getSchema).toList();
    }

    /** Where the registry keeps the versions of one of its record types: {@code <topic>-<record name>}. */
    public String subject(Schema schema) {
        return name + "-" + schema.getName();
    }

    /** Values in the Confluent wire format, bound to this topic whatever topic name Kafka passes in. */
    public Serde<V> valueSerde(SchemaRegistry registry) {
        return Serdes.serdeFrom(new RecordWriter<>(this, registry), new RecordReader<>(this, registry));
    }
}
