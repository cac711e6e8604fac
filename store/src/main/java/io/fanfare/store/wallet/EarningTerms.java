package io.fanfare.store.wallet;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * On which terms what is won is credited. What a tenant says counts within {@link #NEWNESS} on every instance, so that plays need not
 * ask for it; the command that is written says what was found.
 */
final class EarningTerms {

    static final Duration NEWNESS = Duration.ofSeconds(5);

    private static final int MOST_TENANTS = 10_000;

    private final Database database;
    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();

    private record Known(WalletTerms terms, long readAtNanos) {

        boolean isNew() {
            return System.nanoTime() - readAtNanos < NEWNESS.toNanos();
        }
    }

    EarningTerms(Database database) {
        this.database = database;
    }

    /** The credit of what was won at a time: one, as long as all of it is there at once and stays. */
    WalletCommand credit(TenantId tenant, List<Money> won, Instant at) {
        WalletTerms now = now(tenant);
        if (now.earnings().isEmpty()
                || won.stream().noneMatch(money -> now.earning(money.currency()).isPresent())) {
            return new Credit(won);
        }
        List<Credit> credits = won.stream()
                .map(money -> now.earning(money.currency())
                        .map(earning -> earning.credit(money, at))
                        .orElseGet(() -> new Credit(List.of(money))))
                .toList();
        return credits.size() == 1 ? credits.getFirst() : new CreditEach(credits);
    }

    private WalletTerms now(TenantId tenant) {
        Known found = known.get(tenant);
        if (found == null || !found.isNew()) {
            found = new Known(TenantWalletTerms.current(database, tenant).terms(), System.nanoTime());
            if (known.size() >= MOST_TENANTS) {
                known.clear();
            }
            known.put(tenant, found);
        }
        return found.terms();
    }
}
