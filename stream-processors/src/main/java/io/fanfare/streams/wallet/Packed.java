package io.fanfare.streams.wallet;

import java.nio.BufferUnderflowException;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A value of a state store in a compact form: a version byte, then its fields. State outlives the build that wrote it, so a
 * change of the form needs a new version, and readers for all before it stay.
 */
final class Packed<T> implements Serde<T> {

    private final Writer<T> writer;
    private final List<Reader<T>> readers;

    @FunctionalInterface
    interface Writer<T> {
        void write(PackedWriter out, T value);
    }

    @FunctionalInterface
    interface Reader<T> {
        T read(PackedReader in);
    }

    /**
     * A form.
     *
     * @param writer of the last version
     * @param readers of each version, from 1
     */
    Packed(Writer<T> writer, List<Reader<T>> readers) {
        this.writer = writer;
        this.readers = List.copyOf(readers);
    }

    @Override
    public Serializer<T> serializer() {
        return (_, value) -> value == null ? null : write(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (_, bytes) -> bytes == null ? null : read(bytes);
    }

    private byte[] write(T value) {
        var out = new PackedWriter();
        out.oneByte(readers.size());
        writer.write(out, value);
        return out.toBytes();
    }

    private T read(byte[] bytes) {
        var in = new PackedReader(bytes);
        try {
            int version = in.oneByte();
            if (version < 1 || version > readers.size()) {
                throw new SerializationException(
                        "state has version %d, expected at most %d".formatted(version, readers.size()));
            }
            return readers.get(version - 1).read(in);
        } catch (BufferUnderflowException e) {
            throw new SerializationException("state of %d bytes ends too early".formatted(bytes.length), e);
        }
    }
}
