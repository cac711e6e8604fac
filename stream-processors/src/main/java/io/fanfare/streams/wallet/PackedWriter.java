package io.fanfare.streams.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fields of a value of a state store, one after the other: small numbers take few bytes, texts are UTF-8. */
final class PackedWriter {

    private static final int TYPICAL_BYTES = 96;
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;
    private static final int BITS = 7;

    private byte[] bytes = new byte[TYPICAL_BYTES];
    private int length;

    void oneByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    void flag(boolean value) {
        oneByte(value ? 1 : 0);
    }

    /** A number that is mostly small and never below zero; a negative one takes ten bytes. */
    void number(long value) {
        room(Long.BYTES + 2);
        long rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            bytes[length++] = (byte) ((rest & SEVEN_BITS) | MORE);
            rest >>>= BITS;
        }
        bytes[length++] = (byte) rest;
    }

    /** A number that may be below zero. */
    void signed(long value) {
        number((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    void text(String value) {
        byte[] encoded = value.getBytes(UTF_8);
        number(encoded.length);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    /** To the millisecond. */
    void time(Instant value) {
        signed(value.toEpochMilli());
    }

    void optionalTime(@Nullable Instant value) {
        flag(value != null);
        if (value != null) {
            time(value);
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
