package io.fanfare.store.wallet;

import static java.util.stream.Collectors.toSet;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.wallet.WalletOutcomes.CommandKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until what was written with a command can be seen. The relay reads the log of the database, and the log has a transaction a moment
 * before other sessions see it. On a busy machine the server's process may be kept waiting in that moment for longer than the command
 * needs to its wallet, and the wallet's word back: who then looked for the command would take it for nobody's.
 */
public final class CommandsInSight {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Database database;
    private final Duration patience;

    public CommandsInSight(Database database) {
        this(database, PATIENCE);
    }

    /** @param patience after which a command that cannot be seen is none of this database's */
    public CommandsInSight(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /**
     * Returns when all of them can be seen, or when the time is up.
     *
     * @return those that cannot: nobody gave them here
     * @throws IllegalStateException inside a transaction, which may never see them; or where the thread was interrupted
     */
    public Set<CommandKey> await(Collection<CommandKey> commands) {
        database.requireNoTransaction("commands were to come in sight");
        long deadline = System.nanoTime() + patience.toNanos();
        Set<CommandKey> missing = missing(Set.copyOf(commands));
        while (!missing.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while commands were to come in sight");
            }
            missing = missing(missing);
        }
        return missing;
    }

    private Set<CommandKey> missing(Set<CommandKey> commands) {
        if (commands.isEmpty()) {
            return Set.of();
        }
        List<Object[]> keys = commands.stream()
                .map(key -> new Object[] {key.tenant().value(), key.id()})
                .toList();
        Set<CommandKey> seen = database
                .jdbc()
                .sql("select tenant_id, command_id from wallet_command where (tenant_id, command_id) in (:keys)")
                .param("keys", keys)
                .query((row, _) -> new CommandKey(
                        new TenantId(row.getString("tenant_id")), UUID.fromString(row.getString("command_id"))))
                .list()
                .stream()
                .collect(toSet());
        var missing = new HashSet<>(commands);
        missing.removeAll(seen);
        return Set.copyOf(missing);
    }
}
