package io.fanfare.ranked;

import static java.util.Objects.requireNonNull;

import io.fanfare.ranked.RankedQuery.CountAhead;
import io.fanfare.ranked.RankedQuery.CountEntries;
import io.fanfare.ranked.RankedQuery.FindPlacement;
import io.fanfare.ranked.RankedQuery.ListAfter;
import io.fanfare.ranked.RankedQuery.ListBefore;
import io.fanfare.ranked.RankedQuery.SelectAt;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** A ranked store on RocksDB in a directory of its own, outside of any topology. */
final class OpenStore implements AutoCloseable {

    static final String BOARD = "board_1";
    static final String ALL_TIME = "all";

    private final RankedBytesStore store;
    private @Nullable StateRestoreCallback restoration;

    OpenStore(Path directory) {
        store = new RankedBytesStore(Stores.persistentKeyValueStore("ranks").get());
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "ranked-store-test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        var context = new MockProcessorContext<Void, Void>(config, new TaskId(0, 0), directory.toFile());
        store.init(noticingRestoration(context.getStateStoreContext()), store);
    }

    void put(String player, long score, long reachedAt) {
        put(BOARD, ALL_TIME, player, new Entry(score, reachedAt, 1, Entry.State.LIVE));
    }

    void put(String board, String window, String player, Entry entry) {
        store.put(key(board, window, player), entry.toBytes());
    }

    void remove(String player) {
        store.delete(key(BOARD, ALL_TIME, player));
    }

    /** As Streams does it: in batches, past everything but the registered callback. */
    void restore(List<KeyValue<byte[], byte[]>> changelog) {
        ((BatchingStateRestoreCallback) requireNonNull(restoration)).restoreAll(changelog);
    }

    long size() {
        return ask(new CountEntries(BOARD, ALL_TIME));
    }

    long ahead(OrderKey key) {
        return ask(new CountAhead(BOARD, ALL_TIME, key));
    }

    Optional<Placement> placementOf(String player) {
        return ask(new FindPlacement(BOARD, ALL_TIME, player));
    }

    Optional<OrderKey> select(long position) {
        return ask(new SelectAt(BOARD, ALL_TIME, position));
    }

    List<OrderKey> listAfter(@Nullable OrderKey after, int limit) {
        return ask(new ListAfter(BOARD, ALL_TIME, after, limit));
    }

    List<OrderKey> listBefore(OrderKey before, int limit) {
        return ask(new ListBefore(BOARD, ALL_TIME, before, limit));
    }

    List<String> players() {
        return players(BOARD, ALL_TIME);
    }

    List<String> players(String board, String window) {
        return ask(new ListAfter(board, window, null, RankedQuery.MAX_LIMIT)).stream()
                .map(OrderKey::player)
                .toList();
    }

    <R> R ask(Query<R> query) {
        return store.query(query, PositionBound.unbounded(), new QueryConfig(false))
                .getResult();
    }

    @Override
    public void close() {
        store.close();
    }

    static KeyValue<byte[], byte[]> change(String player, @Nullable Entry entry) {
        return KeyValue.pair(key(BOARD, ALL_TIME, player).get(), entry == null ? null : entry.toBytes());
    }

    private static Bytes key(String board, String window, String player) {
        return Bytes.wrap(new EntryKey(board, window, player).toBytes());
    }

    private StateStoreContext noticingRestoration(StateStoreContext context) {
        return (StateStoreContext) Proxy.newProxyInstance(
                OpenStore.class.getClassLoader(), new Class<?>[] {StateStoreContext.class}, (_, method, arguments) -> {
                    if (method.getName().equals("register")) {
                        restoration = (StateRestoreCallback) arguments[1];
                    }
                    return method.invoke(context, arguments);
                });
    }
}
