package io.fanfare.play;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Database;
import io.fanfare.store.wallet.WalletOutcome;
import io.fanfare.store.wallet.WalletOutcomes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays relay, wallets app and worker: looks for commands in the database, and says of each what it was told to say for its tenant. As
 * long as it was told nothing it accepts all, and moves nothing.
 */
public final class FakeWallets {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Accepted NOTHING_MOVED = new Accepted(List.of());

    private final Database database;
    private final WalletOutcomes outcomes;
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final Map<String, Boolean> silent = new ConcurrentHashMap<>();

    FakeWallets(Database database) {
        this.database = database;
        this.outcomes = new WalletOutcomes(database);
    }

    void start() {
        Thread.ofPlatform().name("fake-wallets").daemon().start(this::run);
    }

    /** From now on it refuses whatever this tenant asks. */
    public void refuse(String tenant, Refusal refusal) {
        refusals.put(tenant, refusal);
    }

    /** From now on it says nothing about this tenant's commands; {@link #accept} says it all. */
    public void beSilent(String tenant) {
        silent.put(tenant, true);
    }

    public void accept(String tenant) {
        silent.remove(tenant);
        refusals.remove(tenant);
    }

    private void run() {
        while (true) {
            outcomes.keep(undecided());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private List<WalletOutcome> undecided() {
        return database.jdbc().sql("""
                        select tenant_id, player_id, scope_key, command_id, number from wallet_command
                        where outcome = 'awaited'
                        """).query(this::decided).list().stream()
                .filter(outcome -> !silent.containsKey(outcome.wallet().tenant().value()))
                .toList();
    }

    private WalletOutcome decided(ResultSet row, int number) throws SQLException {
        var wallet = new WalletId(
                new TenantId(row.getString("tenant_id")),
                new PlayerId(row.getString("player_id")),
                new ScopeKey(row.getString("scope_key")));
        return new WalletOutcome(
                wallet,
                UUID.fromString(row.getString("command_id")),
                row.getLong("number"),
                new Cause("fake", "fake"),
                verdict(wallet.tenant().value()),
                Instant.EPOCH);
    }

    private Verdict verdict(String tenant) {
        Refusal refusal = refusals.get(tenant);
        return refusal == null ? NOTHING_MOVED : new Declined(refusal, "0 available, 5 asked for");
    }
}
