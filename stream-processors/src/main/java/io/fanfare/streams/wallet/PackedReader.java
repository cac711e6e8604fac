package io.fanfare.streams.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link PackedWriter} wrote; the fixed forms are those of the first version.
 *
 * <p>Whoever reads beyond the end gets a {@link BufferUnderflowException}.
 */
final class PackedReader {

    private static final int SEVEN_BITS = 0x7F;
    private static final int BITS = 7;

    private final ByteBuffer bytes;

    PackedReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int oneByte() {
        return bytes.get() & 0xFF;
    }

    boolean flag() {
        return oneByte() != 0;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            byte next = bytes.get();
            value |= (long) (next & SEVEN_BITS) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new SerializationException("a number has more than 64 bits");
    }

    int count() {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new SerializationException("count is %d".formatted(value));
        }
        return (int) value;
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int encoded = count();
        if (encoded > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        String value = new String(bytes.array(), bytes.position(), encoded, UTF_8);
        bytes.position(bytes.position() + encoded);
        return value;
    }

    Instant time() {
        return Instant.ofEpochMilli(signed());
    }

    @Nullable
    Instant optionalTime() {
        return flag() ? time() : null;
    }

    long fixedLong() {
        return bytes.getLong();
    }

    int fixedInt() {
        return bytes.getInt();
    }

    /** A text as {@link DataInputStream#readUTF} has it. */
    String fixedText() {
        int start = bytes.position();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes.array(), start, bytes.remaining()))) {
            String text = in.readUTF();
            bytes.position(bytes.limit() - in.available());
            return text;
        } catch (IOException e) {
            throw new SerializationException("no text at byte %d".formatted(start), e);
        }
    }
}
