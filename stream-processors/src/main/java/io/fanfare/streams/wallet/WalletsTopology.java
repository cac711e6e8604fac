package io.fanfare.streams.wallet;

import io.fanfare.events.MilestoneReached;
import io.fanfare.events.PointsExpiring;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.runtime.StreamsApp.Pace;
import io.fanfare.streams.telling.Telling;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
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
 * config ─► [milestone-definitions, all of them on each instance]
 *                    │
 * wallet-commands ─► wallet ─┬► wallet-entries
 *                    │       ├► wallet-notices
 *                    │       └► milestones
 *                    │ wallets, wallet-outcomes, wallet-settlements, wallet-parked, wallet-agenda, wallet-milestones,
 *                    │ wallet-sheets
 * </pre>
 */
public final class WalletsTopology {

    static final String NAME = "wallets";

    private WalletsTopology() {}

    /** The app, as the service runs it where nothing is rebuilt and no relay is behind. */
    public static StreamsApp app(MeterRegistry meters) {
        return app(new WalletMeters(meters), new StateNews(), 1, Telling.OF_EVERYTHING, RelayProgress.NEVER_BEHIND);
    }

    static StreamsApp app(WalletMeters meters, StateNews news, int generation, Telling telling, RelayProgress relay) {
        return new StreamsApp(
                NAME,
                List.of(
                        Topics.WALLET_COMMANDS,
                        Topics.WALLET_ENTRIES,
                        Topics.WALLET_NOTICES,
                        Topics.MILESTONES,
                        Topics.CONFIG,
                        Topics.GENERATIONS),
                Pace.LATENCY,
                (builder, registry) -> wire(builder, registry, meters, news, telling, relay),
                generation,
                telling);
    }

    private static void wire(
            StreamsBuilder builder,
            SchemaRegistry registry,
            WalletMeters meters,
            StateNews news,
            Telling telling,
            RelayProgress relay) {
        var pace = new CommitPace(System::nanoTime);
        builder.stream(
                        Topics.WALLET_COMMANDS.name(),
                        Consumed.with(Topics.WALLET_COMMANDS.keySerde(), Topics.WALLET_COMMANDS.valueSerde(registry))
                                .withName("wallet-commands"))
                .process(new Wallets(meters, news, telling, pace, relay), Named.as("wallet"))
                .split(Named.as("told-"))
                .branch(
                        (_, value) -> value instanceof PointsExpiring,
                        Branched.<String, SpecificRecord>withConsumer(notices -> notices.mapValues(
                                                PointsExpiring.class::cast, Named.as("as-notices"))
                                        .to(Topics.WALLET_NOTICES.name(), produced(Topics.WALLET_NOTICES, registry)))
                                .withName("notices"))
                .branch(
                        (_, value) -> value instanceof MilestoneReached,
                        Branched.<String, SpecificRecord>withConsumer(reached -> reached.mapValues(
                                                MilestoneReached.class::cast, Named.as("as-milestones"))
                                        .to(Topics.MILESTONES.name(), produced(Topics.MILESTONES, registry)))
                                .withName("milestones"))
                .defaultBranch(Branched.<String, SpecificRecord>withConsumer(entries ->
                                entries.to(Topics.WALLET_ENTRIES.name(), produced(Topics.WALLET_ENTRIES, registry)))
                        .withName("entries"));
        // Last, for the tasks of wallets are numbered by their place here, and their state lies under that number.
        builder.addGlobalStore(
                new MilestoneDefinitions.Builder(),
                Topics.CONFIG.name(),
                Consumed.with(Topics.CONFIG.keySerde(), Serdes.ByteArray()).withName("configuration"),
                () -> new MilestoneUpdates(
                        new RecordReader<>(Topics.CONFIG, registry, RecordReader.AS_LONG_AS_IT_TAKES)));
    }

    private static <V extends SpecificRecord> Produced<String, V> produced(
            Topic<String, V> topic, SchemaRegistry registry) {
        String name = topic.name().replaceAll("^fanfare\\.|\\.v[0-9]+$", "");
        return Produced.with(topic.keySerde(), topic.valueSerde(registry)).withName(name);
    }

    private record Wallets(WalletMeters meters, StateNews news, Telling telling, CommitPace pace, RelayProgress relay)
            implements ProcessorSupplier<String, io.fanfare.events.WalletCommand, String, SpecificRecord> {

        @Override
        public Processor<String, io.fanfare.events.WalletCommand, String, SpecificRecord> get() {
            return new WalletProcessor(meters, news, telling, pace, relay);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return WalletStores.all();
        }
    }
}
