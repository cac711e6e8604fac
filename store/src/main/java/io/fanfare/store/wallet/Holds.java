package io.fanfare.store.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** In which wallet each hold was placed, and until when it may stand. Whether it stands the wallets app knows. */
public final class Holds {

    private final Database database;
    private final Clock clock;

    /**
     * A hold that was asked for.
     *
     * @param expiresAt when it is given back by itself at the latest
     */
    public record Placed(WalletId wallet, HoldId hold, Instant expiresAt, Instant createdAt) {

        public Place place() {
            return new Place(expiresAt, hold);
        }
    }

    /** Where a hold stands in the list of holds: those come first that time out first. */
    public record Place(Instant expiresAt, HoldId hold) {

        private static final String SEPARATOR = "/";

        /** @throws IllegalArgumentException where the text is none that {@link #toString} gave */
        public static Place parse(String text) {
            int end = text.indexOf(SEPARATOR);
            if (end < 0) {
                throw new IllegalArgumentException("'%s' is no place in a list of holds".formatted(text));
            }
            return new Place(
                    Instant.ofEpochMilli(Long.parseLong(text.substring(0, end))), new HoldId(text.substring(end + 1)));
        }

        @Override
        public String toString() {
            return expiresAt.toEpochMilli() + SEPARATOR + hold;
        }
    }

    public Holds(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @throws org.springframework.dao.DuplicateKeyException where the tenant has such a hold */
    public void add(WalletId wallet, HoldId hold, Instant expiresAt) {
        database.jdbc()
                .sql("""
                        insert into wallet_hold (tenant_id, hold_id, player_id, scope_key, created_at, expires_at)
                        values (:tenant, :hold, :player, :scope, :now, :expires)
                        """)
                .param("tenant", wallet.tenant().value())
                .param("hold", hold.value())
                .param("player", wallet.player().value())
                .param("scope", wallet.scope().value())
                .param("now", UtcTimes.column(clock.instant()))
                .param("expires", UtcTimes.column(expiresAt))
                .update();
    }

    /** It was posted or given back, so it need not be looked for among those that stand. */
    public void ended(TenantId tenant, HoldId hold) {
        database.jdbc()
                .sql("""
                        update wallet_hold set ended_at = :now
                        where tenant_id = :tenant and hold_id = :hold and ended_at is null
                        """)
                .param("now", UtcTimes.column(clock.instant()))
                .param("tenant", tenant.value())
                .param("hold", hold.value())
                .update();
    }

    public Optional<WalletId> wallet(TenantId tenant, HoldId hold) {
        return database.jdbc()
                .sql("select player_id, scope_key from wallet_hold where tenant_id = :tenant and hold_id = :hold")
                .param("tenant", tenant.value())
                .param("hold", hold.value())
                .query((row, _) -> new WalletId(
                        tenant, new PlayerId(row.getString("player_id")), new ScopeKey(row.getString("scope_key"))))
                .optional();
    }

    /**
     * Holds that may stand: those are missing that ended or whose time is over. Next to time out first.
     *
     * @param player null: of all
     * @param after null: from the first on
     */
    public List<Placed> mayStand(TenantId tenant, @Nullable PlayerId player, @Nullable Place after, int limit) {
        Instant now = clock.instant();
        StatementSpec query = database.jdbc()
                .sql("""
                        select * from wallet_hold
                        where tenant_id = :tenant and ended_at is null and expires_at > :now %s
                            and (expires_at > :from or (expires_at = :from and hold_id > :hold))
                        order by expires_at, hold_id
                        limit :limit
                        """.formatted(player == null ? "" : "and player_id = :player"))
                .param("tenant", tenant.value())
                .param("now", UtcTimes.column(now))
                .param("from", UtcTimes.column(after == null ? now : after.expiresAt()))
                .param("hold", after == null ? "" : after.hold().value())
                .param("limit", limit);
        return (player == null ? query : query.param("player", player.value()))
                .query(Holds::placed)
                .list();
    }

    private static Placed placed(ResultSet row, int number) throws SQLException {
        return new Placed(
                new WalletId(
                        new TenantId(row.getString("tenant_id")),
                        new PlayerId(row.getString("player_id")),
                        new ScopeKey(row.getString("scope_key"))),
                new HoldId(row.getString("hold_id")),
                UtcTimes.instant(row.getObject("expires_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)));
    }
}
