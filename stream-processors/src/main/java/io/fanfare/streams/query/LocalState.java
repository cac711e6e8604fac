package io.fanfare.streams.query;

import org.apache.kafka.streams.state.QueryableStoreType;

/** One partition of an app's state, as this instance has it. */
public interface LocalState {

    int partition();

    /** False: a copy that follows the active one and may be behind. */
    boolean isActive();

    /**
     * A store of this partition.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException where it is not here any more
     */
    <S> S store(String name, QueryableStoreType<S> type);
}
