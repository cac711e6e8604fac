package io.fanfare.store.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Clock;
import java.util.Optional;

/** In which wallet each hold was placed. Whether it stands the wallets app knows. */
public final class Holds {

    private final Database database;
    private final Clock clock;

    public Holds(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @throws org.springframework.dao.DuplicateKeyException where the tenant has such a hold */
    public void add(WalletId wallet, HoldId hold) {
        database.jdbc()
                .sql("""
                        insert into wallet_hold (tenant_id, hold_id, player_id, scope_key, created_at)
                        values (:tenant, :hold, :player, :scope, :now)
                        """)
                .param("tenant", wallet.tenant().value())
                .param("hold", hold.value())
                .param("player", wallet.player().value())
                .param("scope", wallet.scope().value())
                .param("now", UtcTimes.column(clock.instant()))
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
}
