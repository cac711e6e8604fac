package io.fanfare.streams.wallet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A value of a state store in a compact form: a version byte, then its fields. State outlives the build that wrote it, so a
 * change of the form needs a new version and a reader for the old one.
 */
final class Packed<T> implements Serde<T> {

    private static final int TYPICAL_BYTES = 128;

    private final int version;
    private final Writer<T> writer;
    private final Reader<T> reader;

    @FunctionalInterface
    interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    @FunctionalInterface
    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    Packed(int version, Writer<T> writer, Reader<T> reader) {
        this.version = version;
        this.writer = writer;
        this.reader = reader;
    }

    static void writeTime(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.toEpochMilli());
    }

    static Instant readTime(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
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
        var bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(version);
            writer.write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private T read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int written = in.readUnsignedByte();
            if (written != version) {
                throw new SerializationException("state has version %d, expected %d".formatted(written, version));
            }
            return reader.read(in);
        } catch (IOException e) {
            throw new SerializationException("state of %d bytes ends too early".formatted(bytes.length), e);
        }
    }
}
