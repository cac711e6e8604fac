package io.fanfare.streams.wallet;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Restores the stores of the wallets from their changelogs before the processor begins, as a task does and the test driver does
 * not: byte for byte, past serdes, caches and the changelogs themselves.
 */
public final class RestoredWallets implements ProcessorWrapper {

    private static final String RESTORATION = "fanfare.test.restoration";
    private static final String PROCESSOR = "wallet";

    private @Nullable Restoration restoration;

    /** @param building what becomes of the builder of each store */
    private record Restoration(Changelogs changelogs, UnaryOperator<StoreBuilder<?>> building) {}

    /** The configuration under which an app finds in its stores what its changelogs say. */
    static Map<String, Object> from(Changelogs changelogs, UnaryOperator<StoreBuilder<?>> building) {
        return Map.of(
                StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG,
                RestoredWallets.class.getName(),
                RESTORATION,
                new Restoration(changelogs, building));
    }

    @Override
    public void configure(Map<String, ?> config) {
        restoration = (Restoration) config.get(RESTORATION);
    }

    @Override
    public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return name.equals(PROCESSOR)
                ? new Wrapped<>(supplier, requireNonNull(restoration, RESTORATION))
                : ProcessorWrapper.asWrapped(supplier);
    }

    @Override
    public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private record Wrapped<KIn, VIn, KOut, VOut>(
            ProcessorSupplier<KIn, VIn, KOut, VOut> supplier, Restoration restoration)
            implements WrappedProcessorSupplier<KIn, VIn, KOut, VOut> {

        @Override
        public Set<StoreBuilder<?>> stores() {
            return requireNonNull(supplier.stores(), "stores").stream()
                    .map(restoration.building())
                    .collect(Collectors.toSet());
        }

        @Override
        public Processor<KIn, VIn, KOut, VOut> get() {
            return new Restored<>(supplier.get(), restoration.changelogs());
        }
    }

    private record Restored<KIn, VIn, KOut, VOut>(Processor<KIn, VIn, KOut, VOut> processor, Changelogs changelogs)
            implements Processor<KIn, VIn, KOut, VOut> {

        @Override
        public void init(ProcessorContext<KOut, VOut> context) {
            WalletStores.all().stream()
                    .map(StoreBuilder::name)
                    .forEach(store -> changelogs.restore(store, innermost(context.getStateStore(store))));
            processor.init(context);
        }

        @Override
        public void process(Record<KIn, VIn> record) {
            processor.process(record);
        }

        @Override
        public void close() {
            processor.close();
        }
    }

    @SuppressWarnings("unchecked") // in the end every store keeps bytes
    private static KeyValueStore<Bytes, byte[]> innermost(StateStore store) {
        StateStore inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> outer) {
            inner = outer.wrapped();
        }
        return (KeyValueStore<Bytes, byte[]>) inner;
    }
}
