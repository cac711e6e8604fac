package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of commands that somebody waits for. Only what the wallets app said on its topic is written here, and it is written
 * once: whoever reads the topic a second time changes nothing.
 */
public final class WalletOutcomes {

    private static final String STATUS = """
            select tenant_id, scope_key, player_id, number, command_id, awaited_by, occurred_at, outcome, refusal, detail, entries
            from wallet_command
            """;

    private final Database database;
    private final CommandsInSight commands;

    /** Which command. */
    public record CommandKey(TenantId tenant, UUID id) {}

    public WalletOutcomes(Database database) {
        this(database, new CommandsInSight(database));
    }

    WalletOutcomes(Database database, CommandsInSight commands) {
        this.database = database;
        this.commands = commands;
    }

    /**
     * Keeps the outcomes of commands that are waited for and have none yet; the others are passed over. Outside a transaction.
     *
     * @return those that were waited for and not known before, in their order; of two that come at once with the same, one or both
     *     may be told so
     */
    public List<WalletOutcome> keep(List<WalletOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return List.of();
        }
        commands.await(outcomes.stream().map(WalletOutcomes::key).toList());
        Set<CommandKey> awaited = database
                .jdbc()
                .sql("""
                        select tenant_id, command_id from wallet_command
                        where (tenant_id, command_id) in (:keys) and outcome = 'awaited'
                        """)
                .param(
                        "keys",
                        outcomes.stream()
                                .map(outcome ->
                                        new Object[] {outcome.wallet().tenant().value(), outcome.id()})
                                .toList())
                .query((row, _) -> new CommandKey(
                        new TenantId(row.getString("tenant_id")), UUID.fromString(row.getString("command_id"))))
                .list()
                .stream()
                .collect(toSet());
        List<WalletOutcome> kept = outcomes.stream()
                .filter(outcome -> awaited.contains(key(outcome)))
                .toList();
        List<@Nullable Object[]> rows = new ArrayList<>();
        kept.forEach(outcome -> rows.add(row(outcome)));
        database.batch("""
                update wallet_command set outcome = ?, refusal = ?, detail = ?, entries = ?
                where tenant_id = ? and command_id = ? and outcome = 'awaited'
                """, rows);
        return kept;
    }

    /** How far a command is; empty where it was never given. */
    public Optional<CommandStatus> find(TenantId tenant, UUID id) {
        return database.jdbc()
                .sql(STATUS + "where tenant_id = :tenant and command_id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query(WalletOutcomes::read)
                .optional();
    }

    /** Those of some commands that have their outcome. */
    public Map<CommandKey, CommandStatus> decided(Collection<CommandKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return database
                .jdbc()
                .sql(STATUS + "where (tenant_id, command_id) in (:keys) and outcome in ('posted', 'refused')")
                .param(
                        "keys",
                        keys.stream()
                                .map(key -> new Object[] {key.tenant().value(), key.id()})
                                .toList())
                .query(WalletOutcomes::read)
                .list()
                .stream()
                .collect(toMap(
                        status -> new CommandKey(
                                status.command().wallet().tenant(),
                                status.command().id()),
                        Function.identity()));
    }

    private static CommandKey key(WalletOutcome outcome) {
        return new CommandKey(outcome.wallet().tenant(), outcome.id());
    }

    private static @Nullable Object[] row(WalletOutcome outcome) {
        String tenant = outcome.wallet().tenant().value();
        return switch (outcome.verdict()) {
            case Accepted(var entries) ->
                new @Nullable Object[] {"posted", null, null, EntriesJson.write(entries), tenant, outcome.id()};
            case Declined(Refusal refusal, String detail) ->
                new @Nullable Object[] {"refused", refusal.name(), detail, null, tenant, outcome.id()};
        };
    }

    private static CommandStatus read(ResultSet row, int number) throws SQLException {
        var wallet = new WalletId(
                new TenantId(row.getString("tenant_id")),
                new PlayerId(row.getString("player_id")),
                new ScopeKey(row.getString("scope_key")));
        var command = new WrittenCommand(
                wallet,
                UUID.fromString(row.getString("command_id")),
                row.getLong("number"),
                row.getString("awaited_by"),
                false);
        return new CommandStatus(
                command, UtcTimes.instant(row.getObject("occurred_at", LocalDateTime.class)), verdict(row));
    }

    private static @Nullable Verdict verdict(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        if (outcome == null || outcome.equals("awaited")) {
            return null;
        }
        return outcome.equals("posted")
                ? new Accepted(EntriesJson.read(requireNonNull(row.getString("entries"))))
                : new Declined(
                        Refusal.valueOf(requireNonNull(row.getString("refusal"))),
                        requireNonNull(row.getString("detail")));
    }
}
