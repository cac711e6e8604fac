package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose wallet campaigns and games pay into that do not say so themselves: a merchant's word comes before the tenant's. It is read when a
 * campaign or game is saved; what was saved before stays as it is.
 */
public final class WalletScopes {

    public static final int MAX_MERCHANTS = 1_000;

    private static final String OF_TENANT = "";

    private final Database database;
    private final Clock clock;

    /**
     * What a tenant says.
     *
     * @param tenant null: nothing
     * @param merchants those that say otherwise
     */
    public record Defaults(@Nullable WalletScope tenant, SortedMap<MerchantId, WalletScope> merchants) {
        public Defaults {
            requireNonNull(merchants, "merchants");
            if (merchants.size() > MAX_MERCHANTS) {
                throw new IllegalArgumentException(
                        "%d merchants, expected at most %d".formatted(merchants.size(), MAX_MERCHANTS));
            }
        }
    }

    public WalletScopes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Defaults of(TenantId tenant) {
        Map<String, WalletScope> said = new TreeMap<>();
        database.jdbc()
                .sql("select merchant_id, wallet_scope from wallet_scope_default where tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(row -> {
                    said.put(row.getString("merchant_id"), scope(row.getString("wallet_scope")));
                });
        WalletScope ofTenant = said.remove(OF_TENANT);
        SortedMap<MerchantId, WalletScope> merchants = new TreeMap<>();
        said.forEach((merchant, scope) -> merchants.put(new MerchantId(merchant), scope));
        return new Defaults(ofTenant, merchants);
    }

    /** What is said for a merchant; empty where neither the merchant nor the tenant says anything. */
    public Optional<WalletScope> of(TenantId tenant, @Nullable MerchantId merchant) {
        return database.jdbc()
                .sql("""
                        select wallet_scope from wallet_scope_default
                        where tenant_id = :tenant and merchant_id in ('', :merchant)
                        order by merchant_id desc
                        limit 1
                        """)
                .param("tenant", tenant.value())
                .param("merchant", merchant == null ? OF_TENANT : merchant.value())
                .query((row, _) -> scope(row.getString("wallet_scope")))
                .optional();
    }

    /** Replaces all of it. */
    public void replace(TenantId tenant, Defaults defaults, String who) {
        var now = UtcTimes.column(clock.instant());
        List<@Nullable Object[]> rows = new ArrayList<>();
        WalletScope ofTenant = defaults.tenant();
        if (ofTenant != null) {
            rows.add(new @Nullable Object[] {tenant.value(), OF_TENANT, ofTenant.wireName(), who, now});
        }
        defaults.merchants()
                .forEach((merchant, scope) -> rows.add(
                        new @Nullable Object[] {tenant.value(), merchant.value(), scope.wireName(), who, now}));
        database.inTransactionOrAgain(() -> {
            database.jdbc()
                    .sql("delete from wallet_scope_default where tenant_id = :tenant")
                    .param("tenant", tenant.value())
                    .update();
            database.batch("""
                    insert into wallet_scope_default (tenant_id, merchant_id, wallet_scope, who, updated_at)
                    values (?, ?, ?, ?, ?)
                    """, rows);
            return rows.size();
        });
    }

    private static WalletScope scope(String name) {
        return WalletScope.named(name).orElseThrow();
    }
}
