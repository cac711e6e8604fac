package io.fanfare.streams.leaderboard;

import io.fanfare.engine.sequence.SeenNumbers;
import io.fanfare.events.PlayCompleted;
import io.fanfare.ranked.RankedStores;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.runtime.StreamsApp.Pace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Plays become standings on boards.
 *
 * <pre>
 * fanfare.config.v1 ─► configuration ─► [board-definitions, all of them on each instance]
 *                                               │
 * fanfare.plays.v1 ────────────────────► contributions ─► [leaderboard-seen-plays]
 *                                                      └► [leaderboard-entries]
 * </pre>
 *
 * <p>Plays are keyed by player and stay where they are: each task holds its players' entries of every board, its slice. A
 * rank is the sum over all slices.
 *
 * <p><b>Which version counts a play.</b> The one in force at the play's {@code occurred_at}. At start all definitions are
 * read to the end before the first play is processed. Later a new version and the plays that it is for race on two
 * topics. The platform gives the version a lead: it becomes effective 5 seconds or more after it was written, and the relay
 * publishes in commit order, so a play that it is for leaves the outbox at least that much later. Every instance thus has
 * five seconds to read a record that was published before the play. A version that comes still later counts the plays that
 * are processed from then on; what was processed before stays as it is until the board is recomputed.
 */
final class LeaderboardsTopology {

    static final String ENTRIES = "leaderboard-entries";
    static final String SEEN_PLAYS = "leaderboard-seen-plays";

    /** Restoring reads the whole changelog: keep what compaction has not reached small. */
    private static final Map<String, String> CHANGELOG =
            Map.of("cleanup.policy", "compact", "segment.bytes", "67108864", "min.cleanable.dirty.ratio", "0.1");

    private LeaderboardsTopology() {}

    /** @param news is told of each player of whom a play was counted, by the key of their plays */
    static StreamsApp app(StateNews news) {
        return new StreamsApp(
                "leaderboards",
                List.of(Topics.PLAYS, Topics.CONFIG),
                Pace.THROUGHPUT,
                (builder, registry) -> wire(builder, registry, news));
    }

    private static void wire(StreamsBuilder builder, SchemaRegistry registry, StateNews news) {
        addDefinitions(builder, registry);
        var plays = Consumed.with(Topics.PLAYS.keySerde(), Topics.PLAYS.valueSerde(registry))
                .withName("plays");
        builder.stream(Topics.PLAYS.name(), plays).process(new CountingPlays(news), Named.as("contributions"));
    }

    private static void addDefinitions(StreamsBuilder builder, SchemaRegistry registry) {
        var configuration =
                Consumed.with(Topics.CONFIG.keySerde(), Serdes.ByteArray()).withName("configuration");
        builder.addGlobalStore(
                new BoardDefinitions.Builder(),
                Topics.CONFIG.name(),
                configuration,
                () -> new DefinitionUpdates(new RecordReader<>(Topics.CONFIG, registry)));
    }

    private record CountingPlays(StateNews news) implements ProcessorSupplier<String, PlayCompleted, Void, Void> {

        @Override
        public Processor<String, PlayCompleted, Void, Void> get() {
            return new Contributions(news);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            StoreBuilder<KeyValueStore<String, SeenNumbers>> seenPlays = Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(SEEN_PLAYS), Serdes.String(), SeenNumbersSerde.serde());
            return new LinkedHashSet<>(List.of(
                    RankedStores.builder(ENTRIES).withLoggingEnabled(CHANGELOG).withCachingDisabled(),
                    seenPlays.withLoggingEnabled(CHANGELOG).withCachingDisabled()));
        }
    }
}
