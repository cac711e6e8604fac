package io.fanfare.streams.wallet;

import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.runtime.StreamsApp.Pace;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The wallets app.
 *
 * <pre>
 * wallet-commands ─► wallet ─► wallet-entries
 *                    │ wallets, wallet-outcomes, wallet-parked
 * </pre>
 */
final class WalletsTopology {

    private WalletsTopology() {}

    static StreamsApp app(MeterRegistry meters) {
        var walletMeters = new WalletMeters(meters);
        return new StreamsApp(
                "wallets",
                List.of(Topics.WALLET_COMMANDS, Topics.WALLET_ENTRIES),
                Pace.LATENCY,
                (builder, registry) -> wire(builder, registry, walletMeters));
    }

    static void wire(StreamsBuilder builder, SchemaRegistry registry, WalletMeters meters) {
        builder.stream(
                        Topics.WALLET_COMMANDS.name(),
                        Consumed.with(Topics.WALLET_COMMANDS.keySerde(), Topics.WALLET_COMMANDS.valueSerde(registry))
                                .withName("wallet-commands"))
                .process(new Wallets(meters), Named.as("wallet"))
                .to(
                        Topics.WALLET_ENTRIES.name(),
                        Produced.with(Topics.WALLET_ENTRIES.keySerde(), Topics.WALLET_ENTRIES.valueSerde(registry))
                                .withName("wallet-entries"));
    }

    private record Wallets(WalletMeters meters)
            implements ProcessorSupplier<String, io.fanfare.events.WalletCommand, String, SpecificRecord> {

        @Override
        public Processor<String, io.fanfare.events.WalletCommand, String, SpecificRecord> get() {
            return new WalletProcessor(meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return WalletStores.all();
        }
    }
}
