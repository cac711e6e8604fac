package io.fanfare.streams.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** One number of one wallet, as the key of a store; the slots of a wallet lie together, in the order of their numbers. */
record WalletSlot(WalletId wallet, long sequence) {

    static final Serde<WalletSlot> SERDE = Serdes.serdeFrom(
            (_, slot) -> slot == null ? null : slot.bytes(), (_, bytes) -> bytes == null ? null : parse(bytes));

    private static final String SEPARATOR = "/";
    private static final int IDS = 3;

    private byte[] bytes() {
        byte[] prefix = (wallet + SEPARATOR).getBytes(UTF_8);
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(sequence)
                .array();
    }

    /** The wallet of a key of the store of wallets. */
    static WalletId wallet(String key) {
        String[] ids = key.split(SEPARATOR, -1);
        if (ids.length != IDS) {
            throw new SerializationException("'%s' is no wallet".formatted(key));
        }
        return new WalletId(new TenantId(ids[0]), new PlayerId(ids[1]), new ScopeKey(ids[2]));
    }

    private static WalletSlot parse(byte[] bytes) {
        int prefix = bytes.length - Long.BYTES;
        if (prefix < 1) {
            throw new SerializationException("a key of %d bytes is no slot of a wallet".formatted(bytes.length));
        }
        return new WalletSlot(
                wallet(new String(bytes, 0, prefix - SEPARATOR.length(), UTF_8)),
                ByteBuffer.wrap(bytes).getLong(prefix));
    }
}
