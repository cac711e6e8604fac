package io.fanfare.streams.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.events.MilestonesConfigured;
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
 * Takes milestones from the topic of all configuration into the store of this instance. It decodes by itself, because the
 * thread of global stores has no way to the dead letters: what is malformed is passed over on every start, and said. Its reader waits
 * as long as the registry is silent, for a thread of global stores that dies takes the whole app with it, and wallets can be worked on
 * without the latest milestones.
 */
final class MilestoneUpdates implements Processor<String, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(MilestoneUpdates.class);

    private final RecordReader<SpecificRecord> reader;
    private @Nullable MilestoneDefinitions definitions;

    MilestoneUpdates(RecordReader<SpecificRecord> reader) {
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        definitions = context.getStateStore(MilestoneDefinitions.NAME);
    }

    @Override
    public void process(Record<String, byte[]> configured) {
        byte[] value = configured.value();
        if (value == null) {
            return;
        }
        try {
            if (reader.read(value) instanceof MilestonesConfigured milestones) {
                requireNonNull(definitions, "init comes first").add(GameMilestones.of(milestones));
            }
        } catch (MalformedRecord | IllegalArgumentException e) {
            LOG.error("definition {} is passed over", configured.key(), e);
        }
    }
}
