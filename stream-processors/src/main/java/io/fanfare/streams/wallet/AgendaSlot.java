package io.fanfare.streams.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * When a wallet is to be looked at though no command comes, as the key of a store; the earliest lie first.
 *
 * @param wallet its key in the store of wallets
 */
record AgendaSlot(Instant due, String wallet) {

    static final Serde<AgendaSlot> SERDE = Serdes.serdeFrom(
            (_, slot) -> slot == null ? null : slot.bytes(), (_, bytes) -> bytes == null ? null : parse(bytes));

    /** A slot before all others that are due by a time. */
    static final AgendaSlot FIRST = new AgendaSlot(Instant.EPOCH, "");

    /** A slot behind all others that are due by a time. */
    static AgendaSlot behind(Instant due) {
        return new AgendaSlot(due.plusMillis(1), "");
    }

    private byte[] bytes() {
        byte[] key = wallet.getBytes(UTF_8);
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(Math.max(0, due.toEpochMilli()))
                .put(key)
                .array();
    }

    private static AgendaSlot parse(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new SerializationException("a key of %d bytes is no slot of the agenda".formatted(bytes.length));
        }
        var due = Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong());
        return new AgendaSlot(due, new String(bytes, Long.BYTES, bytes.length - Long.BYTES, UTF_8));
    }
}
