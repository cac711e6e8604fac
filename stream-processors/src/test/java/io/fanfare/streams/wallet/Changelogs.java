package io.fanfare.streams.wallet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The changelogs of an app as compaction leaves them: of each key of a store its last value, of a deleted one nothing. */
final class Changelogs {

    private final Map<String, Map<Bytes, byte[]>> stores = new HashMap<>();

    void append(String store, List<TestRecord<byte[], byte[]>> changes) {
        Map<Bytes, byte[]> contents = stores.computeIfAbsent(store, _ -> new TreeMap<>());
        for (TestRecord<byte[], byte[]> change : changes) {
            if (change.value() == null) {
                contents.remove(Bytes.wrap(change.key()));
            } else {
                contents.put(Bytes.wrap(change.key()), change.value());
            }
        }
    }

    boolean has(String store, byte[] key) {
        return stores.getOrDefault(store, Map.of()).containsKey(Bytes.wrap(key));
    }

    void restore(String store, KeyValueStore<Bytes, byte[]> empty) {
        stores.getOrDefault(store, Map.of()).forEach(empty::put);
    }
}
