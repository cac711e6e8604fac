package io.fanfare.ranked;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Where ranked stores come from. */
public final class RankedStores {

    private RankedStores() {}

    /**
     * A store of entries that answers every {@link RankedQuery}. It is written as any key-value store; its entries are in
     * RocksDB and its changelog, their order in memory (about 30 bytes and the player id per entry).
     */
    public static StoreBuilder<KeyValueStore<EntryKey, Entry>> builder(String name) {
        return Stores.keyValueStoreBuilder(new OnRocksDb(name), keys(), entries());
    }

    /** The keys as they are in the store and in its changelog. */
    public static Serde<EntryKey> keys() {
        Deserializer<EntryKey> reader = (_, bytes) -> bytes == null ? null : EntryKey.fromBytes(bytes);
        return Serdes.serdeFrom((_, key) -> key == null ? null : key.toBytes(), reader);
    }

    /** The entries as they are in the store and in its changelog. */
    public static Serde<Entry> entries() {
        Deserializer<Entry> reader = (_, bytes) -> bytes == null ? null : Entry.fromBytes(bytes);
        return Serdes.serdeFrom((_, entry) -> entry == null ? null : entry.toBytes(), reader);
    }

    private record OnRocksDb(String name) implements KeyValueBytesStoreSupplier {

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new RankedBytesStore(Stores.persistentKeyValueStore(name).get());
        }

        @Override
        public String metricsScope() {
            return "ranked";
        }
    }
}
