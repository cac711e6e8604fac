package io.fanfare.streams.query;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreType;

/**
 * One partition of an app's state, as this instance has it.
 *
 * @param isActive false: a copy that follows the active one, or one that is still catching up
 */
public record LocalState(KafkaStreams streams, int partition, boolean isActive) {

    /**
     * A store of this partition.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException where it is not here any more
     */
    public <S> S store(String name, QueryableStoreType<S> type) {
        var store = StoreQueryParameters.fromNameAndType(name, type).withPartition(partition);
        return streams.store(isActive ? store : store.enableStaleStores());
    }
}
