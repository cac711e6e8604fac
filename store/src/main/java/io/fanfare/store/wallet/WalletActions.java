package io.fanfare.store.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was done to wallets by hand: who did it, and why. The topics carry the id of the action alone. */
public final class WalletActions {

    public static final int MAX_REASON = 500;

    private final Database database;

    /**
     * @param id the cause of the command refers to it
     * @param kind adjust, reverse, release, fill, resend, retry, reverse_transfer
     * @param command that it gave
     */
    public record WalletAction(
            String id, String kind, String who, String reason, WalletId wallet, UUID command, Instant createdAt) {}

    public WalletActions(Database database) {
        this.database = database;
    }

    public void add(WalletAction action) {
        database.jdbc()
                .sql("""
                        insert into wallet_action (tenant_id, action_id, kind, who, reason, player_id, scope_key, command_id,
                            created_at)
                        values (:tenant, :action, :kind, :who, :reason, :player, :scope, :command, :at)
                        """)
                .param("tenant", action.wallet().tenant().value())
                .param("action", action.id())
                .param("kind", action.kind())
                .param("who", action.who())
                .param("reason", action.reason())
                .param("player", action.wallet().player().value())
                .param("scope", action.wallet().scope().value())
                .param("command", action.command())
                .param("at", UtcTimes.column(action.createdAt()))
                .update();
    }

    /**
     * The newest first.
     *
     * @param player null: of all
     * @param before the id of an action: only those older than it; null: from the newest on
     */
    public List<WalletAction> list(TenantId tenant, @Nullable PlayerId player, @Nullable String before, int limit) {
        return database.jdbc()
                .sql("""
                        select * from wallet_action
                        where tenant_id = :tenant
                            and (cast(:player as char(100)) is null or player_id = :player)
                            and (cast(:before as char(100)) is null or action_id < :before)
                        order by action_id desc
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("player", player == null ? null : player.value())
                .param("before", before)
                .param("limit", limit)
                .query(WalletActions::read)
                .list();
    }

    private static WalletAction read(ResultSet row, int number) throws SQLException {
        return new WalletAction(
                row.getString("action_id"),
                row.getString("kind"),
                row.getString("who"),
                row.getString("reason"),
                new WalletId(
                        new TenantId(row.getString("tenant_id")),
                        new PlayerId(row.getString("player_id")),
                        new ScopeKey(row.getString("scope_key"))),
                UUID.fromString(row.getString("command_id")),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)));
    }
}
