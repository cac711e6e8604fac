package io.fanfare.streams.wallet;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Standing;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.TopologyUnderTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/** The wallets app with ada's one wallet, through any number of restarts, with the bugs that it is given. */
final class RestartingWallets implements AutoCloseable {

    /** Faults that the processor or its stores could have, planted between the history and the topology. */
    enum Bug {
        /** Outcomes are not in the changelog: an old duplicate is answered by nothing, and nothing can be reversed. */
        FORGETS_OUTCOMES,
        /** The first version of an outcome is restored: what was reversed can be reversed once more. */
        FORGETS_REVERSALS,
        /** Waiting commands are not in the changelog: nobody has them when the missing one comes. */
        FORGETS_PARKED_COMMANDS,
        /** The agenda is not in the changelog: nobody looks after a wallet whose date is older than the restart. */
        FORGETS_THE_AGENDA,
        /** Wallets are not committed with the other stores: they are restored as they were before the last command. */
        LOSES_THE_LAST_STATE,
        /** The cache of the sheets is not flushed with a commit: they are restored as they were before the last command. */
        LOSES_THE_LAST_SHEETS,
        /** The offset is committed before the work: the first command after a restart is read by nobody. */
        SKIPS_A_COMMAND,
        /** State is committed apart from what is told: of the first command after a restart nobody hears. */
        LOSES_WHAT_IT_TELLS,
        /** A repeated outcome is not marked: who adds up counts it again. */
        TELLS_DUPLICATES_AS_NEW,
        /** The clock is never looked at: what is due waits for a command. */
        LETS_NO_TIME_PASS
    }

    private static final List<String> STORES =
            WalletStores.all().stream().map(StoreBuilder::name).toList();

    private static final Map<Bug, String> NOT_RESTORED = Map.of(
            Bug.FORGETS_OUTCOMES, WalletStores.OUTCOMES,
            Bug.FORGETS_PARKED_COMMANDS, WalletStores.PARKED,
            Bug.FORGETS_THE_AGENDA, WalletStores.AGENDA);

    private static final Map<Bug, String> RESTORED_AS_BEFORE = Map.of(
            Bug.LOSES_THE_LAST_STATE, WalletStores.WALLETS,
            Bug.LOSES_THE_LAST_SHEETS, WalletStores.SHEETS);

    private final Path stateDir;
    private final Set<Bug> bugs;
    private final Map<String, Map<Object, Object>> before = new HashMap<>();
    private TopologyUnderTest topology;
    private Instant clock = TopologyUnderTest.NOW;
    private boolean hasJustRestarted;

    RestartingWallets(Path stateDir, Set<Bug> bugs) {
        this.stateDir = stateDir;
        this.bugs = Set.copyOf(bugs);
        this.topology = begin();
    }

    void deliver(NumberedCommand command) {
        if (hasJustRestarted && bugs.contains(Bug.SKIPS_A_COMMAND)) {
            hasJustRestarted = false;
            return;
        }
        for (String store : STORES) {
            if (suffers(store, RESTORED_AS_BEFORE)) {
                before.put(store, contents(store));
            }
        }
        topology.send(Topics.WALLET_COMMANDS, CommandRecords.ADAS_KEY, CommandRecords.of(command));
        if (hasJustRestarted && bugs.contains(Bug.LOSES_WHAT_IT_TELLS)) {
            told();
        }
        hasJustRestarted = false;
    }

    /** Time goes by in which no command comes. */
    void pass(Duration time) {
        if (!bugs.contains(Bug.LETS_NO_TIME_PASS)) {
            topology.pass(time);
        }
        clock = clock.plus(time);
    }

    Instant now() {
        return clock;
    }

    /**
     * Another instance takes over, with what it restored. It has begun before it sees that, so it looks at the clock again when
     * it has applied a command.
     */
    void restart() {
        Map<String, Map<Object, Object>> restored = new HashMap<>();
        STORES.forEach(store -> restored.put(store, restored(store)));
        topology.close();
        topology = begin();
        topology.pass(Duration.between(TopologyUnderTest.NOW, clock));
        restored.forEach((store, contents) -> contents.forEach(topology.store(store)::put));
        hasJustRestarted = true;
    }

    /** What the world was told of wallets since the last call. */
    List<TestRecord<String, SpecificRecord>> told() {
        List<TestRecord<String, SpecificRecord>> told = topology.written(Topics.WALLET_ENTRIES);
        if (bugs.contains(Bug.TELLS_DUPLICATES_AS_NEW)) {
            told.forEach(record -> record.headers().remove(OutcomeRecord.REPEATED));
        }
        return told;
    }

    /** How many records were given up since the last call. */
    int deadLetters() {
        return topology.deadLetters().size();
    }

    WalletState wallet() {
        WalletState wallet =
                topology.<String, WalletState>store(WalletStores.WALLETS).get(CommandRecords.ADAS_KEY + "/spring");
        return wallet == null ? WalletState.EMPTY : wallet;
    }

    BalanceSheet sheet(Currency currency) {
        BalanceSheet sheet = topology.<String, BalanceSheet>store(WalletStores.SHEETS)
                .get(TaskSheets.key(new TenantId("acme"), currency));
        return sheet == null ? BalanceSheet.EMPTY : sheet;
    }

    private TopologyUnderTest begin() {
        var meters = new SimpleMeterRegistry();
        return new TopologyUnderTest(WalletsTopology.app(meters), meters, stateDir);
    }

    private Map<Object, Object> restored(String store) {
        if (suffers(store, NOT_RESTORED)) {
            return Map.of();
        }
        if (suffers(store, RESTORED_AS_BEFORE)) {
            return before.getOrDefault(store, Map.of());
        }
        Map<Object, Object> contents = contents(store);
        if (bugs.contains(Bug.FORGETS_REVERSALS)) {
            contents.replaceAll((_, value) -> value instanceof RecordedOutcome outcome ? firstVersion(outcome) : value);
        }
        return contents;
    }

    private static RecordedOutcome firstVersion(RecordedOutcome outcome) {
        return outcome.standing() instanceof Standing.ReversedBy
                ? new RecordedOutcome(
                        outcome.id(),
                        outcome.sequence(),
                        outcome.occurredAt(),
                        outcome.cause(),
                        outcome.verdict(),
                        Standing.REVERSIBLE)
                : outcome;
    }

    private <K, V> Map<K, V> contents(String store) {
        Map<K, V> contents = new LinkedHashMap<>();
        try (var all = topology.<K, V>store(store).all()) {
            all.forEachRemaining(entry -> contents.put(entry.key, entry.value));
        }
        return contents;
    }

    private boolean suffers(String store, Map<Bug, String> stores) {
        return bugs.stream().anyMatch(bug -> store.equals(stores.get(bug)));
    }

    @Override
    public void close() {
        topology.close();
    }
}
