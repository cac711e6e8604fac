package io.fanfare.bench.verify;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.GenerationChanged;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.WalletCommand;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/** The topics that the checks look at, all open at once. */
final class OpenTopics implements AutoCloseable {

    /** Where the relay's own heartbeats go: nobody acts on what is there. */
    static final String RELAY = "fanfare.relay-heartbeats.postgresql";

    private static final Duration PAUSE = Duration.ofMillis(50);

    final TopicLog<PlayCompleted> plays;
    final TopicLog<SpecificRecord> rewards;
    final TopicLog<WalletCommand> commands;
    final TopicLog<SpecificRecord> entries;
    final TopicLog<MilestoneReached> milestones;
    final TopicLog<SpecificRecord> config;
    final TopicLog<DeadLetter> deadLetters;
    final TopicLog<SpecificRecord> relay;
    final TopicLog<GenerationChanged> generations;

    OpenTopics(Target target) {
        var registry = new ConfluentRegistry(target.registry());
        this.plays = TopicLog.of(Topics.PLAYS, target, registry);
        this.rewards = TopicLog.of(Topics.REWARDS, target, registry);
        this.commands = TopicLog.of(Topics.WALLET_COMMANDS, target, registry);
        this.entries = TopicLog.of(Topics.WALLET_ENTRIES, target, registry);
        this.milestones = TopicLog.of(Topics.MILESTONES, target, registry);
        this.config = TopicLog.of(Topics.CONFIG, target, registry);
        this.deadLetters = TopicLog.of(Topics.DEAD_LETTERS, target, registry);
        this.generations = TopicLog.of(Topics.GENERATIONS, target, registry);
        this.relay = TopicLog.withoutValues(RELAY, target);
    }

    /**
     * Returns when the relay has published the marker, and so everything that was committed before it.
     *
     * @throws NotDrained where it has not in time
     */
    void awaitMarker(UUID marker, Instant deadline) {
        relay.readOn(deadline);
        while (relay.facts().stream().noneMatch(fact -> marker.equals(fact.eventId()))) {
            if (Instant.now().isAfter(deadline)) {
                throw new NotDrained("the relay has not published a row that was committed before all this waiting");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            relay.readOn(deadline);
        }
    }

    /** The generation of the wallets' state that is live. */
    int liveWallets(Instant deadline) {
        generations.readOn(deadline);
        return generations.facts().stream()
                .map(Fact::value)
                .mapToInt(told -> told == null ? 1 : told.getLive())
                .max()
                .orElse(1);
    }

    /** Reads what the relay writes up to its end, and says which offsets that is. */
    Map<TopicPartition, Long> readSources(Instant deadline) {
        Map<TopicPartition, Long> behind = new HashMap<>();
        for (TopicLog<?> source : List.of(plays, rewards, commands, config)) {
            source.readOn(deadline);
            behind.putAll(source.behindLast());
        }
        return behind;
    }

    /** The same of what stream apps write: what has been told so far. */
    Map<TopicPartition, Long> readOutcomes(Instant deadline) {
        Map<TopicPartition, Long> behind = new HashMap<>();
        for (TopicLog<?> outcome : List.of(entries, milestones)) {
            outcome.readOn(deadline);
            behind.putAll(outcome.behindLast());
        }
        return behind;
    }

    /** Reads all the rest. Effects come before causes, so that no effect is read whose cause is not. */
    Published readAll(Map<TopicPartition, Long> drained, Instant deadline) {
        for (TopicLog<?> topic : List.of(deadLetters, milestones, entries, commands, rewards, plays, config)) {
            topic.readOn(deadline);
        }
        return new Published(
                plays.facts(),
                rewards.facts(),
                commands.facts(),
                entries.facts(),
                milestones.facts(),
                config.facts(),
                deadLetters.facts(),
                relay.facts(),
                drained);
    }

    @Override
    public void close() {
        List.of(plays, rewards, commands, entries, milestones, config, deadLetters, relay, generations)
                .forEach(TopicLog::close);
    }
}
