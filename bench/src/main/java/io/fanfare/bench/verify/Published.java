package io.fanfare.bench.verify;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.WalletCommand;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the topics hold. Beyond the snapshot they may hold what was committed since; numbers tell which is which.
 *
 * @param relay what the relay says of itself, verify's own markers among it
 * @param drained per partition the offset before which every consumer was through when the state was asked for; of the entries,
 *     those that were told by then
 */
record Published(
        List<Fact<PlayCompleted>> plays,
        List<Fact<SpecificRecord>> rewards,
        List<Fact<WalletCommand>> commands,
        List<Fact<SpecificRecord>> entries,
        List<Fact<MilestoneReached>> milestones,
        List<Fact<SpecificRecord>> config,
        List<Fact<DeadLetter>> deadLetters,
        List<Fact<SpecificRecord>> relay,
        Map<TopicPartition, Long> drained) {

    Published {
        plays = List.copyOf(plays);
        rewards = List.copyOf(rewards);
        commands = List.copyOf(commands);
        entries = List.copyOf(entries);
        milestones = List.copyOf(milestones);
        config = List.copyOf(config);
        deadLetters = List.copyOf(deadLetters);
        relay = List.copyOf(relay);
        drained = Map.copyOf(drained);
    }

    /** Everything that the relay writes. */
    Stream<Fact<?>> relayed() {
        return Stream.of(plays, rewards, commands, config, relay).flatMap(List::stream);
    }

    /** Whether every consumer was through with it when the state was asked for. */
    boolean isDrained(Fact<?> fact) {
        return fact.offset() < drained.getOrDefault(new TopicPartition(fact.topic(), fact.partition()), 0L);
    }

    /** Whether nobody played while the state was asked for. */
    boolean isAtRest() {
        return plays.stream().allMatch(this::isDrained);
    }
}
