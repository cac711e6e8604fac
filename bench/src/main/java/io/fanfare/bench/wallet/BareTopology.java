package io.fanfare.bench.wallet;

import io.fanfare.schemas.Topics;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.runtime.StreamsApp.Pace;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The least that an app with state can do with a command: get what is there for its key, put the command in its place, forward it.
 * Bytes in, bytes out; one store, one changelog.
 */
final class BareTopology {

    static final String OUTPUT = "bench-bare";
    private static final String STORE = "bare";

    private BareTopology() {}

    static StreamsApp app() {
        return new StreamsApp("bare", List.of(Topics.WALLET_COMMANDS), Pace.LATENCY, (builder, _) -> wire(builder));
    }

    private static void wire(StreamsBuilder builder) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of()));
        builder.stream(
                        Topics.WALLET_COMMANDS.name(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("commands"))
                .process(GetPutForward::new, Named.as("get-put-forward"), STORE)
                .to(
                        OUTPUT,
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("output"));
    }

    private static final class GetPutForward implements Processor<byte[], byte[], byte[], byte[]> {

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
        private ProcessorContext<byte[], byte[]> context;

        @SuppressWarnings("NullAway.Init")
        private KeyValueStore<byte[], byte[]> store;

        @Override
        public void init(ProcessorContext<byte[], byte[]> processorContext) {
            context = processorContext;
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            byte[] before = store.get(record.key());
            store.put(record.key(), record.value());
            // What was there goes on, as new state would that is made of it.
            context.forward(before == null ? record : record.withValue(before));
        }
    }
}
