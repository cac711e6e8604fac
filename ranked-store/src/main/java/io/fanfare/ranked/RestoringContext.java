package io.fanfare.ranked;

import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.CommitCallback;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What the persistent store sees as its context: all as it is, but what it registers for restoration is ours, because
 * RocksDB's own callback would write past the index.
 */
record RestoringContext(StateStoreContext actual, BatchingStateRestoreCallback restoration)
        implements StateStoreContext {

    @Override
    public void register(StateStore store, StateRestoreCallback replaced) {
        actual.register(store, restoration);
    }

    @Override
    public void register(StateStore store, StateRestoreCallback replaced, CommitCallback onCommit) {
        actual.register(store, restoration, onCommit);
    }

    @Override
    public String applicationId() {
        return actual.applicationId();
    }

    @Override
    public TaskId taskId() {
        return actual.taskId();
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return actual.recordMetadata();
    }

    @Override
    public Serde<?> keySerde() {
        return actual.keySerde();
    }

    @Override
    public Serde<?> valueSerde() {
        return actual.valueSerde();
    }

    @Override
    public File stateDir() {
        return actual.stateDir();
    }

    @Override
    public StreamsMetrics metrics() {
        return actual.metrics();
    }

    @Override
    public Map<String, Object> appConfigs() {
        return actual.appConfigs();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return actual.appConfigsWithPrefix(prefix);
    }
}
