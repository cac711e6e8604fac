package io.fanfare.schemas.wire;

import io.fanfare.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes the records of one topic: magic byte 0, the schema's id in four bytes, Avro binary. */
public final class RecordWriter<V extends SpecificRecord> implements Serializer<V> {

    static {
        GeneratedRecords.trust();
    }

    static final byte MAGIC = 0;
    static final int PREFIX_BYTES = 1 + Integer.BYTES;
    private static final int TYPICAL_BYTES = 256;

    private final Topic<?, V> topic;
    private final SchemaRegistry registry;
    private final Map<Schema, Prepared> prepared = new ConcurrentHashMap<>();

    private record Prepared(int id, SpecificDatumWriter<SpecificRecord> writer) {}

    public RecordWriter(Topic<?, V> topic, SchemaRegistry registry) {
        this.topic = topic;
        this.registry = registry;
    }

    /**
     * The record in the wire format.
     *
     * @throws IllegalArgumentException where the topic does not carry its type
     * @throws SchemaRegistry.RegistryUnavailable on the first record of a type, where the registry does not answer
     */
    public byte[] write(V value) {
        Schema schema = value.getSchema();
        Prepared ready = prepared.get(schema);
        if (ready == null) {
            ready = prepare(schema);
        }
        var bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        bytes.write(MAGIC);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(ready.id()).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            ready.writer().write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public byte @Nullable [] serialize(String topicName, @Nullable V value) {
        return value == null ? null : write(value);
    }

    private Prepared prepare(Schema schema) {
        if (!topic.schemas().contains(schema)) {
            throw new IllegalArgumentException("%s does not carry %s".formatted(topic.name(), schema.getFullName()));
        }
        var ready = new Prepared(registry.register(topic.subject(schema), schema), new SpecificDatumWriter<>(schema));
        prepared.put(schema, ready);
        return ready;
    }
}
