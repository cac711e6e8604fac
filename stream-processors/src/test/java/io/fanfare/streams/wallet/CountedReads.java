package io.fanfare.streams.wallet;

import io.fanfare.streams.query.LocalState;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** State that counts what is read of its stores. */
final class CountedReads implements LocalState {

    private final LocalState state;
    private long count;

    CountedReads(LocalState state) {
        this.state = state;
    }

    long count() {
        return count;
    }

    @Override
    public int partition() {
        return state.partition();
    }

    @Override
    public boolean isActive() {
        return state.isActive();
    }

    @Override
    @SuppressWarnings("unchecked") // all stores of wallets are of this kind
    public <S> S store(String name, QueryableStoreType<S> type) {
        return (S) new CountedStore<>((ReadOnlyKeyValueStore<Object, Object>) state.store(name, type));
    }

    private final class CountedStore<K, V> implements ReadOnlyKeyValueStore<K, V> {
        private final ReadOnlyKeyValueStore<K, V> store;

        CountedStore(ReadOnlyKeyValueStore<K, V> store) {
            this.store = store;
        }

        @Override
        public V get(K key) {
            count++;
            return store.get(key);
        }

        @Override
        public KeyValueIterator<K, V> range(K from, K to) {
            return new CountedIterator<>(store.range(from, to));
        }

        @Override
        public KeyValueIterator<K, V> reverseRange(K from, K to) {
            return new CountedIterator<>(store.reverseRange(from, to));
        }

        @Override
        public <P extends Serializer<Q>, Q> KeyValueIterator<K, V> prefixScan(Q prefix, P serializer) {
            return new CountedIterator<>(store.prefixScan(prefix, serializer));
        }

        @Override
        public KeyValueIterator<K, V> all() {
            return new CountedIterator<>(store.all());
        }

        @Override
        public long approximateNumEntries() {
            return store.approximateNumEntries();
        }
    }

    private final class CountedIterator<K, V> implements KeyValueIterator<K, V> {
        private final KeyValueIterator<K, V> iterator;

        CountedIterator(KeyValueIterator<K, V> iterator) {
            this.iterator = iterator;
        }

        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public KeyValue<K, V> next() {
            count++;
            return iterator.next();
        }

        @Override
        public K peekNextKey() {
            return iterator.peekNextKey();
        }

        @Override
        public void close() {
            iterator.close();
        }
    }
}
