package io.fanfare.play.wallet;

import io.fanfare.edge.paging.Page.Pagination;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.play.state.StreamState;
import io.fanfare.store.wallet.WalletNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads wallets from the state of the wallets app. The database knows how many commands each wallet was given; the state is
 * waited for until it has applied them all, and says so where it could not in time.
 */
@Component
final class WalletReading {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_WALLETS = 100;

    private final WalletNumbers numbers;
    private final StreamState state;

    WalletReading(WalletNumbers numbers, StreamState state) {
        this.numbers = numbers;
        this.state = state;
    }

    record WalletView(List<BalanceView> balances, Freshness freshness) {}

    record BalanceView(
            String scopeKey, String currency, long balance, long held, long lifetimeEarned, long lifetimeSpent) {}

    /** @param fresh whether everything that was asked of the wallets so far is in the answer */
    record Freshness(boolean fresh, List<WalletFreshness> wallets) {}

    /**
     * @param expectedSequence number of the wallet's latest command
     * @param appliedSequence number of the latest one that is in the answer
     */
    record WalletFreshness(String scopeKey, long expectedSequence, long appliedSequence) {}

    /** @param amount below zero for what went out */
    record LedgerEntry(
            String currency,
            long amount,
            String counterAccount,
            String reason,
            String refId,
            long balanceAfter,
            long sequence,
            long createdAt) {}

    record Ledger(List<LedgerEntry> items, Pagination pagination) {}

    // What the wallets app answers.

    record StateBalance(String currency, long balance, long held, long lifetimeEarned, long lifetimeSpent) {}

    record StateWallet(String scopeKey, long appliedSequence, List<StateBalance> balances) {}

    record StateFreshness(boolean fresh, long appliedSequence) {}

    record StateWallets(List<StateWallet> wallets, StateFreshness freshness) {}

    /** @param scope of one wallet; null for all that the player has */
    WalletView balances(TenantId tenant, PlayerId player, @Nullable String scope) {
        SortedMap<String, Long> expected = expected(tenant, player, scope);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var balances = new ArrayList<BalanceView>();
        var wallets = new ArrayList<WalletFreshness>();
        boolean allFresh = true;
        for (var wallet : expected.entrySet()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            StateWallets found = wallet(tenant, player, wallet.getKey(), wallet.getValue(), left);
            found.wallets().forEach(each -> balances.addAll(views(each)));
            wallets.add(new WalletFreshness(
                    wallet.getKey(), wallet.getValue(), found.freshness().appliedSequence()));
            allFresh &= found.freshness().fresh();
        }
        return new WalletView(balances, new Freshness(allFresh, wallets));
    }

    Ledger ledger(TenantId tenant, PlayerId player, @Nullable String scope, @Nullable String cursor, int limit) {
        var query = new HashMap<String, @Nullable Object>();
        query.put("scope_key", scope);
        query.put("cursor", cursor);
        query.put("limit", limit);
        return state.ask(
                        tenant,
                        "/state/v1/wallets/{player}/entries",
                        Map.of("player", player.value()),
                        query,
                        Ledger.class)
                .orElseGet(() -> new Ledger(List.of(), new Pagination(null, false)));
    }

    private SortedMap<String, Long> expected(TenantId tenant, PlayerId player, @Nullable String scope) {
        if (scope == null) {
            return numbers.latestOfAll(tenant, player, MAX_WALLETS);
        }
        return new TreeMap<>(Map.of(scope, numbers.latest(tenant, scope, player)));
    }

    private StateWallets wallet(TenantId tenant, PlayerId player, String scope, long applied, Duration patience) {
        return state.ask(
                        tenant,
                        "/state/v1/wallets/{player}",
                        Map.of("player", player.value()),
                        Map.of("scope_key", scope, "applied", applied, "wait_ms", patience.toMillis()),
                        StateWallets.class)
                .orElseGet(() -> new StateWallets(List.of(), new StateFreshness(applied == 0, 0)));
    }

    private static List<BalanceView> views(StateWallet wallet) {
        return wallet.balances().stream()
                .map(balance -> new BalanceView(
                        wallet.scopeKey(),
                        balance.currency(),
                        balance.balance(),
                        balance.held(),
                        balance.lifetimeEarned(),
                        balance.lifetimeSpent()))
                .toList();
    }
}
