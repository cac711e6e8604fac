package io.fanfare.streams.leaderboard;

import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.deadletter.PoisonRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;

/**
 * Tells of definitions that nobody can use.
 *
 * <pre>
 * fanfare.config.v1 ─► definition-check ─► (nothing, or a dead letter)
 * </pre>
 *
 * <p>Each instance of the leaderboards app reads all definitions on every start and cannot write dead letters while it
 * does. This app reads them once, as a group, so that a letter is written exactly once.
 */
final class DefinitionCheckTopology {

    private DefinitionCheckTopology() {}

    static void wire(StreamsBuilder builder, SchemaRegistry registry) {
        var configuration = Consumed.with(Topics.CONFIG.keySerde(), Topics.CONFIG.valueSerde(registry))
                .withName("configuration");
        builder.stream(Topics.CONFIG.name(), configuration)
                .foreach((_, configured) -> requireUsable(configured), Named.as("definition-check"));
    }

    private static void requireUsable(SpecificRecord configured) {
        if (configured instanceof LeaderboardConfigured board) {
            try {
                BoardVersion.of(board);
            } catch (IllegalArgumentException e) {
                throw new PoisonRecord("a version of a leaderboard that cannot be: " + e.getMessage(), e);
            }
        }
    }
}
