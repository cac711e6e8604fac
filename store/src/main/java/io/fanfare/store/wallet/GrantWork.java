package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Works off the lines of grants, some in each transaction: the commands and what the lines say of them. Any instance may do it at any
 * time; those that come at once pass over one another's lines.
 */
@AcrossTenants("whoever has lines waiting is served")
public final class GrantWork {

    /** Of all commands of a grant. */
    public static final String REASON = "grant";

    private final Database database;
    private final WalletCommands commands;
    private final Clock clock;

    private record Line(TenantId tenant, String grant, int line, WalletOrder order) {}

    public GrantWork(Database database, WalletCommands commands, Clock clock) {
        this.database = database;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Gives the commands of some lines.
     *
     * @return how many; less than the limit where no more are waiting
     */
    public int giveSome(int limit) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransactionOrAgain(() -> {
            List<Line> lines = database.jdbc()
                    .sql("""
                            select * from wallet_grant_row
                            where status = 'waiting'
                            order by tenant_id, grant_id, line
                            limit :limit
                            for update skip locked
                            """)
                    .param("limit", limit)
                    .query((row, _) -> line(row, now))
                    .list();
            List<WrittenCommand> written =
                    commands.write(lines.stream().map(Line::order).toList());
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                rows.add(given(lines.get(i), written.get(i)));
            }
            database.batch(
                    "update wallet_grant_row set status = ?, error = ? where tenant_id = ? and grant_id = ? and line = ?",
                    rows);
            return lines.size();
        });
    }

    private static @Nullable Object[] given(Line line, WrittenCommand command) {
        return new @Nullable Object[] {
            command.isNew() ? "given" : "known",
            command.isNew() ? null : "its reference was given before",
            line.tenant().value(),
            line.grant(),
            line.line()
        };
    }

    private static Line line(ResultSet row, Instant now) throws SQLException {
        var tenant = new TenantId(row.getString("tenant_id"));
        String grant = row.getString("grant_id");
        var wallet = new WalletId(
                tenant, new PlayerId(row.getString("player_id")), new ScopeKey(row.getString("scope_key")));
        LocalDateTime expiresAt = row.getObject("expires_at", LocalDateTime.class);
        var credit = new Credit(
                List.of(new Money(new Currency(row.getString("currency")), row.getLong("amount"))),
                Activation.AT_ONCE,
                UtcTimes.instantOrNull(expiresAt));
        var order = new WalletOrder(
                wallet,
                UUID.fromString(requireNonNull(row.getString("command_id"))),
                new Cause(REASON, grant),
                credit,
                REASON,
                null,
                now);
        return new Line(tenant, grant, row.getInt("line"), order);
    }
}
