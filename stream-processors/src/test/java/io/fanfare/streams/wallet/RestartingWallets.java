package io.fanfare.streams.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.events.ConfiguredMilestone;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.MilestonesConfigured;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.streams.TopologyUnderTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The wallets app through any number of restarts, with the bugs that it is given. A restart leaves nothing but what the topology has
 * written to the changelogs, from which the stores are restored.
 */
final class RestartingWallets implements AutoCloseable {

    /** Faults that the processor or its stores could have, planted between the history and the topology. */
    enum Bug {
        /** Wallets miss their changelog: every wallet begins anew. */
        FORGETS_WALLETS,
        /** Outcomes miss their changelog: an old duplicate is answered by nothing, and nothing can be reversed. */
        FORGETS_OUTCOMES,
        /** The first version of an outcome is restored: what was reversed can be reversed once more. */
        FORGETS_REVERSALS,
        /** Settlements miss their changelog: they are no longer in the ledger. */
        FORGETS_SETTLEMENTS,
        /** Waiting commands miss their changelog: nobody has them when the missing one comes. */
        FORGETS_PARKED_COMMANDS,
        /** The agenda misses its changelog: nobody looks after a wallet whose date is older than the restart. */
        FORGETS_THE_AGENDA,
        /** Milestones miss their changelog: they are told once more. */
        FORGETS_MILESTONES,
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
        /** The lots that an entry drew or filled are not told. */
        TELLS_NO_LOTS,
        /** The clock is never looked at: what is due waits for a command. */
        LETS_NO_TIME_PASS,
        /** A wallet is read with the lot first that expires last: that one is drawn, and lapses. */
        DRAWS_THE_LATEST_EXPIRY_FIRST,
        /** Wallets are kept without their tenant: players of the same name share one. */
        MIXES_UP_TENANTS,
        /** Outcomes are kept without their scope: those of one wallet are found for another of the same player. */
        MIXES_UP_SCOPES
    }

    static final String MILESTONES_CURRENCY = "points";

    private static final TenantId MILESTONES_TENANT = new TenantId("acme");
    private static final ScopeKey MILESTONES_SCOPE = new ScopeKey("spring");

    private static final List<ConfiguredMilestone> MILESTONES = List.of(
            new ConfiguredMilestone("bronze", 100L, "prize_bronze"),
            new ConfiguredMilestone("silver", 700L, "prize_silver"),
            new ConfiguredMilestone("gold", 2_000L, "prize_gold"));

    private static final List<String> STORES =
            WalletStores.all().stream().map(StoreBuilder::name).toList();

    private static final Map<Bug, String> WITHOUT_CHANGELOG = Map.of(
            Bug.FORGETS_WALLETS, WalletStores.WALLETS,
            Bug.FORGETS_OUTCOMES, WalletStores.OUTCOMES,
            Bug.FORGETS_SETTLEMENTS, WalletStores.SETTLEMENTS,
            Bug.FORGETS_PARKED_COMMANDS, WalletStores.PARKED,
            Bug.FORGETS_THE_AGENDA, WalletStores.AGENDA,
            Bug.FORGETS_MILESTONES, WalletStores.MILESTONES);

    private static final Map<Bug, String> WITHOUT_THE_LAST_CHANGES = Map.of(
            Bug.LOSES_THE_LAST_STATE, WalletStores.WALLETS,
            Bug.LOSES_THE_LAST_SHEETS, WalletStores.SHEETS);

    private final Path stateDir;
    private final Set<Bug> bugs;
    private final Changelogs changelogs = new Changelogs();
    private Instant clock = TopologyUnderTest.NOW;
    private TopologyUnderTest topology;
    private boolean hasJustRestarted;

    RestartingWallets(Path stateDir, Set<Bug> bugs) {
        this.stateDir = stateDir;
        this.bugs = Set.copyOf(bugs);
        this.topology = begin();
    }

    void deliver(WalletId wallet, NumberedCommand command) {
        if (hasJustRestarted && bugs.contains(Bug.SKIPS_A_COMMAND)) {
            hasJustRestarted = false;
            return;
        }
        STORES.forEach(this::keepChanges);
        String key = Topics.playerKey(wallet.tenant().value(), wallet.player().value());
        topology.send(Topics.WALLET_COMMANDS, key, CommandRecords.of(wallet, command));
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

    /** Another instance takes over, with what the changelogs say. */
    void restart() {
        STORES.stream()
                .filter(store -> !suffers(store, WITHOUT_THE_LAST_CHANGES))
                .forEach(this::keepChanges);
        topology.close();
        topology = begin();
        hasJustRestarted = true;
    }

    /** What the world was told of wallets since the last call. */
    List<TestRecord<String, SpecificRecord>> told() {
        List<TestRecord<String, SpecificRecord>> told = topology.written(Topics.WALLET_ENTRIES);
        if (bugs.contains(Bug.TELLS_DUPLICATES_AS_NEW)) {
            told.forEach(record -> record.headers().remove(OutcomeRecord.REPEATED));
        }
        return bugs.contains(Bug.TELLS_NO_LOTS)
                ? told.stream().map(RestartingWallets::withoutLots).toList()
                : told;
    }

    private static TestRecord<String, SpecificRecord> withoutLots(TestRecord<String, SpecificRecord> record) {
        SpecificRecord value = record.value();
        if (value instanceof WalletPosted posted) {
            value = WalletPosted.newBuilder(posted)
                    .setEntries(posted.getEntries().stream()
                            .map(entry -> WalletEntry.newBuilder(entry)
                                    .setLots(List.of())
                                    .build())
                            .toList())
                    .build();
        }
        return new TestRecord<>(record.key(), value, record.headers(), record.timestamp());
    }

    /** The milestones that were told since the last call. */
    List<MilestoneReached> milestones() {
        return topology.written(Topics.MILESTONES).stream()
                .map(TestRecord::value)
                .toList();
    }

    /** The wallet that the world was told of. */
    static WalletId walletOf(SpecificRecord told) {
        return new WalletId(
                new TenantId(text(told, "tenant_id")),
                new PlayerId(text(told, "player_id")),
                new ScopeKey(text(told, "scope_key")));
    }

    private static String text(SpecificRecord told, String field) {
        return told.get(told.getSchema().getField(field).pos()).toString();
    }

    /** What is granted to a wallet unasked, from the beginning on. */
    static List<ConfiguredMilestone> milestonesOf(WalletId wallet) {
        return wallet.tenant().equals(MILESTONES_TENANT) && wallet.scope().equals(MILESTONES_SCOPE)
                ? MILESTONES
                : List.of();
    }

    /** How many records were given up since the last call. */
    int deadLetters() {
        return topology.deadLetters().size();
    }

    WalletState wallet(WalletId id) {
        return stored().wallet(id);
    }

    /** Every line of a wallet's ledger, as queries show it. */
    List<LedgerLine> ledger(WalletId id) {
        return stored().ledger(id, null, Integer.MAX_VALUE).lines();
    }

    BalanceSheet sheet(TenantId tenant, Currency currency) {
        BalanceSheet sheet =
                topology.<String, BalanceSheet>store(WalletStores.SHEETS).get(TaskSheets.key(tenant, currency));
        return sheet == null ? BalanceSheet.EMPTY : sheet;
    }

    private StoredWallets stored() {
        return new StoredWallets(topology.state(true));
    }

    private TopologyUnderTest begin() {
        var meters = new SimpleMeterRegistry();
        Map<String, Object> restored = RestoredWallets.from(changelogs, this::building);
        var begun = new TopologyUnderTest(
                WalletsTopology.app(meters), meters, stateDir, new InMemoryRegistry(), clock, restored);
        String key = Topics.definitionKey(MILESTONES_TENANT.value(), "milestones", "game-1", 1);
        begun.send(Topics.CONFIG, key, configured());
        return begun;
    }

    private static MilestonesConfigured configured() {
        return MilestonesConfigured.newBuilder()
                .setTenantId(MILESTONES_TENANT.value())
                .setGameId("game-1")
                .setRevision(1)
                .setScopeKey(MILESTONES_SCOPE.value())
                .setCurrency(MILESTONES_CURRENCY)
                .setMode("cumulative_unlock")
                .setAutoGrant(true)
                .setMilestones(MILESTONES)
                .setEffectiveAt(Instant.EPOCH)
                .setOccurredAt(Instant.EPOCH)
                .build();
    }

    private void keepChanges(String store) {
        boolean keepsFirstVersions = store.equals(WalletStores.OUTCOMES) && bugs.contains(Bug.FORGETS_REVERSALS);
        changelogs.append(
                store,
                topology.changes(store).stream()
                        .filter(change -> !keepsFirstVersions || !changelogs.has(store, change.key()))
                        .toList());
    }

    private StoreBuilder<?> building(StoreBuilder<?> builder) {
        String store = builder.name();
        if (suffers(store, WITHOUT_CHANGELOG)) {
            return builder.withLoggingDisabled();
        }
        if (store.equals(WalletStores.WALLETS) && bugs.contains(Bug.MIXES_UP_TENANTS)) {
            return FaultyStores.walletsWithoutTenant();
        }
        if (store.equals(WalletStores.WALLETS) && bugs.contains(Bug.DRAWS_THE_LATEST_EXPIRY_FIRST)) {
            return FaultyStores.walletsWithTheLatestExpiryFirst();
        }
        if (store.equals(WalletStores.OUTCOMES) && bugs.contains(Bug.MIXES_UP_SCOPES)) {
            return FaultyStores.outcomesWithoutScope();
        }
        return builder;
    }

    private boolean suffers(String store, Map<Bug, String> stores) {
        return bugs.stream().anyMatch(bug -> store.equals(stores.get(bug)));
    }

    @Override
    public void close() {
        topology.close();
    }
}
