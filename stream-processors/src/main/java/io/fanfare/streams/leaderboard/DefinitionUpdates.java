package io.fanfare.streams.leaderboard;

import static java.util.Objects.requireNonNull;

import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.schemas.wire.MalformedRecord;
import io.fanfare.schemas.wire.RecordReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes definitions from the topic of all configuration into the store of this instance.
 *
 * <p>It decodes by itself, because the thread of global stores has no way to the dead letters: what is malformed is
 * passed over here on every start, and told once by {@link DefinitionCheckTopology}. A registry that stays silent beyond
 * the reader's patience ends the app rather than let plays be judged without a version that is there.
 */
final class DefinitionUpdates implements Processor<String, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionUpdates.class);

    private final RecordReader<SpecificRecord> reader;
    private @Nullable BoardDefinitions definitions;

    DefinitionUpdates(RecordReader<SpecificRecord> reader) {
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        definitions = context.getStateStore(BoardDefinitions.NAME);
    }

    @Override
    public void process(Record<String, byte[]> configured) {
        byte[] value = configured.value();
        if (value == null) {
            return;
        }
        try {
            if (reader.read(value) instanceof LeaderboardConfigured board) {
                requireNonNull(definitions, "init comes first").add(BoardVersion.of(board));
            }
        } catch (MalformedRecord | IllegalArgumentException e) {
            LOG.error("definition {} is passed over", configured.key(), e);
        }
    }
}
