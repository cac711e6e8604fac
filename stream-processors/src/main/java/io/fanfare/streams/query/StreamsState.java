package io.fanfare.streams.query;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreType;

/** The state that a client of this process holds. */
record StreamsState(KafkaStreams streams, int partition, boolean isActive) implements LocalState {

    @Override
    public <S> S store(String name, QueryableStoreType<S> type) {
        var store = StoreQueryParameters.fromNameAndType(name, type).withPartition(partition);
        return streams.store(isActive ? store : store.enableStaleStores());
    }
}
