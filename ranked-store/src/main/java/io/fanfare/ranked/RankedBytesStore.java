package io.fanfare.ranked;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A persistent store of bytes and, in memory, the order of what is in it. The index is rebuilt from the persistent store
 * on open and follows every write, of processors and of restoration alike. One thread writes; any number may ask.
 */
final class RankedBytesStore implements KeyValueStore<Bytes, byte[]> {

    private final KeyValueStore<Bytes, byte[]> durable;
    private final RankIndex index = new RankIndex();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable StateStoreContext context;

    RankedBytesStore(KeyValueStore<Bytes, byte[]> durable) {
        this.durable = durable;
    }

    @Override
    public String name() {
        return durable.name();
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        context = storeContext;
        durable.init(new RestoringContext(storeContext, this::restore), root);
        rebuild();
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        lock.writeLock().lock();
        try {
            byte[] before = durable.get(key);
            durable.put(key, value);
            index.replace(EntryKey.fromBytes(key.get()), entry(before), entry(value));
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte @Nullable [] value) {
        byte[] before = durable.get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] before = durable.get(key);
        put(key, null);
        return before;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return durable.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return durable.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return durable.reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return durable.all();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return durable.reverseAll();
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, PS serializer) {
        return durable.prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return durable.approximateNumEntries();
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        if (!(query instanceof RankedQuery<R> ranked)) {
            return durable.query(query, bound, config);
        }
        lock.readLock().lock();
        try {
            if (!isOpen()) {
                throw new IllegalStateException("%s is closed".formatted(name()));
            }
            int partition = requireNonNull(context).taskId().partition();
            Position position = getPosition();
            QueryResult<R> result = reaches(position, bound, partition)
                    ? QueryResult.forResult(ranked.answerFrom(new View(ranked.board(), ranked.window())))
                    : QueryResult.notUpToBound(position, bound, partition);
            result.setPosition(position.copy());
            return result;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Position getPosition() {
        return durable.getPosition();
    }

    @Override
    @SuppressWarnings(
            "deprecation") // a bridge of 4.3 to stores without offsets; leaving it out would restore all on each start
    public boolean managesOffsets() {
        return durable.managesOffsets();
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return durable.committedOffset(partition);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        durable.commit(changelogOffsets);
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            durable.close();
            index.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public boolean persistent() {
        return durable.persistent();
    }

    @Override
    public boolean isOpen() {
        return durable.isOpen();
    }

    private void restore(Collection<KeyValue<byte[], byte[]>> changes) {
        changes.forEach(change -> put(Bytes.wrap(change.key), change.value));
    }

    private void rebuild() {
        lock.writeLock().lock();
        try (KeyValueIterator<Bytes, byte[]> all = durable.all()) {
            index.clear();
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> next = all.next();
                index.replace(EntryKey.fromBytes(next.key.get()), null, Entry.fromBytes(next.value));
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static boolean reaches(Position position, PositionBound bound, int partition) {
        return bound.isUnbounded()
                || bound.position().getTopics().stream().allMatch(topic -> {
                    Long asked = bound.position().getPartitionPositions(topic).get(partition);
                    return asked == null
                            || position.getPartitionPositions(topic).getOrDefault(partition, -1L) >= asked;
                });
    }

    private static @Nullable Entry entry(byte @Nullable [] bytes) {
        return bytes == null ? null : Entry.fromBytes(bytes);
    }

    /** Only to be used under the lock. */
    private final class View implements Ranking {

        private final String board;
        private final String window;
        private final CountedTree tree;

        View(String board, String window) {
            this.board = board;
            this.window = window;
            this.tree = index.of(board, window);
        }

        @Override
        public long size() {
            return tree.size();
        }

        @Override
        public long countAhead(OrderKey key) {
            return tree.countBelow(key.toBytes());
        }

        @Override
        public Optional<OrderKey> select(long position) {
            return list(position, 1).stream().findFirst();
        }

        @Override
        public List<OrderKey> list(long position, int limit) {
            if (position >= tree.size()) {
                return List.of();
            }
            var keys = new ArrayList<OrderKey>(Math.min(limit, tree.size()));
            tree.visit(Math.toIntExact(position), limit, bytes -> keys.add(OrderKey.fromBytes(bytes)));
            return List.copyOf(keys);
        }

        @Override
        public Optional<Placement> placementOf(String player) {
            var key = new EntryKey(board, window, player);
            Entry entry = entry(durable.get(Bytes.wrap(key.toBytes())));
            if (entry == null) {
                return Optional.empty();
            }
            OrderKey order = RankIndex.orderOf(key, entry);
            return Optional.of(new Placement(order, entry, countAhead(order)));
        }
    }
}
