package io.fanfare.schemas.wire;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import io.fanfare.schemas.wire.SchemaRegistry.UnknownSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one topic. What cannot be read on any retry is a {@link MalformedRecord}; while the registry does
 * not answer, reading waits and tries again, up to its patience, and then fails without having judged the record.
 */
public final class RecordReader<V extends SpecificRecord> implements Deserializer<V> {

    static {
        GeneratedRecords.trust();
    }

    /** Patience of whoever has nothing better to do without the registry; an interrupt ends it. */
    public static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(10_000);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Topic<?, V> topic;
    private final SchemaRegistry registry;
    private final Duration patience;
    private final Map<Integer, SpecificDatumReader<V>> readers = new ConcurrentHashMap<>();

    public RecordReader(Topic<?, V> topic, SchemaRegistry registry) {
        this(topic, registry, PATIENCE);
    }

    /** @param patience how long to wait for the registry before giving up on it */
    public RecordReader(Topic<?, V> topic, SchemaRegistry registry, Duration patience) {
        this.topic = topic;
        this.registry = registry;
        this.patience = patience;
    }

    /**
     * The record that the bytes stand for.
     *
     * @throws MalformedRecord where they stand for none that this topic carries
     * @throws RegistryUnavailable where the registry was silent for longer than the patience
     */
    public V read(byte[] bytes) {
        if (bytes.length < RecordWriter.PREFIX_BYTES || bytes[0] != RecordWriter.MAGIC) {
            throw new MalformedRecord(
                    "%s: %d bytes that do not start with a schema id".formatted(topic.name(), bytes.length));
        }
        SpecificDatumReader<V> reader =
                readerFor(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
        try {
            int length = bytes.length - RecordWriter.PREFIX_BYTES;
            var decoder = DecoderFactory.get().binaryDecoder(bytes, RecordWriter.PREFIX_BYTES, length, null);
            return reader.read(null, decoder);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new MalformedRecord(
                    "%s: no %s in these bytes"
                            .formatted(topic.name(), reader.getSchema().getFullName()),
                    e);
        }
    }

    @Override
    public @Nullable V deserialize(String topicName, byte @Nullable [] bytes) {
        return bytes == null ? null : read(bytes);
    }

    private SpecificDatumReader<V> readerFor(int id) {
        SpecificDatumReader<V> known = readers.get(id);
        if (known != null) {
            return known;
        }
        Schema written = schema(id);
        Schema ours = topic.schemas().stream()
                .filter(schema -> schema.getFullName().equals(written.getFullName()))
                .findFirst()
                .orElseThrow(() -> new MalformedRecord(
                        "%s does not carry %s (schema id %d)".formatted(topic.name(), written.getFullName(), id)));
        var reader = new SpecificDatumReader<V>(written, ours);
        readers.put(id, reader);
        return reader;
    }

    private Schema schema(int id) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return registry.schema(id);
            } catch (UnknownSchema e) {
                throw new MalformedRecord("%s: %s".formatted(topic.name(), e.getMessage()), e);
            } catch (RegistryUnavailable e) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
