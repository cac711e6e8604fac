package io.fanfare.play.wallet;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.paging.Page.Pagination;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.PlayerAccount;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.Settlement;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.play.state.StreamState;
import io.fanfare.play.wallet.ConvertRoutes.RateView;
import io.fanfare.store.wallet.CommandDetails;
import io.fanfare.store.wallet.CommandDetails.Detail;
import io.fanfare.store.wallet.CommandDetails.Place;
import io.fanfare.store.wallet.WalletNumbers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final String AVAILABLE = PlayerAccount.AVAILABLE.account();
    private static final String HELD = PlayerAccount.HELD.account();
    private static final String HOLD = CounterAccount.HOLD.account();

    private final WalletNumbers numbers;
    private final StreamState state;
    private final CommandDetails details;

    WalletReading(WalletNumbers numbers, StreamState state, CommandDetails details) {
        this.numbers = numbers;
        this.state = state;
        this.details = details;
    }

    record WalletView(List<BalanceView> balances, Freshness freshness) {}

    /**
     * What is there of a currency.
     *
     * @param balance what can be spent
     * @param held set aside until holds are posted or given back
     * @param pending promised: it becomes available later
     * @param expiring what of the balance expires when, the first to expire first
     */
    record BalanceView(
            String scopeKey,
            String currency,
            long balance,
            long held,
            long pending,
            long lifetimeEarned,
            long lifetimeSpent,
            List<ExpiringView> expiring) {}

    record ExpiringView(long amount, long expiresAt) {}

    /**
     * @param fresh whether everything that was asked of these wallets so far is in the answer
     * @param wallets the first {@value #MAX_WALLETS} by scope, where all were asked for
     * @param hasMore whether the player has others, which were not waited for
     */
    record Freshness(boolean fresh, List<WalletFreshness> wallets, boolean hasMore) {}

    /**
     * @param expectedSequence number of the wallet's latest command
     * @param appliedSequence number of the latest one that is in the answer
     * @param missingSequence number of the command that later ones wait for; 0: none is missing
     */
    record WalletFreshness(String scopeKey, long expectedSequence, long appliedSequence, long missingSequence) {}

    /**
     * A line of the ledger.
     *
     * @param amount below zero for what went out
     * @param account of the player: available, held or pending
     * @param reason play, redeem, adjust, convert, transfer, grant, …; expiry, hold_timeout or activation where time did it
     * @param sequence of the command, or of the last one before it where time did it
     * @param appliedConversionRate of a conversion; null for everything else
     * @param holdId that it is set aside by, or was; null for everything else
     * @param reverses of a reversal, the numbers of the commands that it undid; empty for everything else
     * @param reversedBy number of the reversal that undid its command; null where none has
     */
    record LedgerEntry(
            String scopeKey,
            String currency,
            long amount,
            String account,
            String counterAccount,
            String reason,
            String refId,
            long balanceAfter,
            long sequence,
            long createdAt,
            @Nullable RateView appliedConversionRate,
            @Nullable String holdId,
            List<Long> reverses,
            @Nullable Long reversedBy) {}

    /** @param freshness of the first page; null on those behind it, which do not become newer */
    record Ledger(
            List<LedgerEntry> items,
            Pagination pagination,
            @Nullable Freshness freshness) {}

    record BalanceSheets(List<BalanceSheetView> sheets) {}

    /**
     * Of one currency.
     *
     * @param totals what is there, and where it came from
     * @param balanced whether everything that is there came from somewhere
     */
    record BalanceSheetView(String currency, BalanceSheet totals, boolean balanced) {}

    // What the wallets app answers.

    record StateBalance(
            String currency,
            long balance,
            long held,
            long lifetimeEarned,
            long lifetimeSpent,
            long pending,
            @Nullable List<ExpiringView> expiring) {}

    record StateEntry(
            @Nullable String scopeKey,
            String currency,
            long amount,
            @Nullable String account,
            String counterAccount,
            String reason,
            String refId,
            long balanceAfter,
            long sequence,
            long createdAt,
            @Nullable Long reversedBy) {}

    record StateLedger(List<StateEntry> items, Pagination pagination) {}

    record StateWallet(
            String scopeKey,
            long appliedSequence,
            List<StateBalance> balances,
            @Nullable Long missingSequence,
            @Nullable List<StandingHold> holds) {}

    /** A hold that stands, as the wallets app tells it. */
    record StandingHold(String holdId, String currency, long amount, long expiresAt) {}

    record StateFreshness(boolean fresh, long appliedSequence) {}

    record StateWallets(List<StateWallet> wallets, StateFreshness freshness) {}

    /** @param scope of one wallet; null for all that the player has, at most {@value #MAX_WALLETS} */
    WalletView balances(TenantId tenant, PlayerId player, @Nullable String scope) {
        Waited waited = waited(tenant, player, scope);
        return new WalletView(
                waited.wallets().stream()
                        .flatMap(wallet -> wallet.found().wallets().stream())
                        .flatMap(wallet -> views(wallet).stream())
                        .toList(),
                freshness(waited));
    }

    /** The first page waits as balances do; those behind it show what was there before it. */
    Ledger ledger(TenantId tenant, PlayerId player, @Nullable String scope, @Nullable String cursor, int limit) {
        boolean isFirst = cursor == null || cursor.isEmpty();
        Freshness freshness = isFirst ? freshness(waited(tenant, player, scope)) : null;
        var query = new HashMap<String, @Nullable Object>();
        query.put("scope_key", scope);
        query.put("cursor", cursor);
        query.put("limit", limit);
        return state.ask(
                        tenant,
                        "/state/v1/wallets/{player}/entries",
                        Map.of("player", player.value()),
                        query,
                        StateLedger.class)
                .map(found -> ledger(tenant, player, found, freshness))
                .orElseGet(() -> new Ledger(List.of(), new Pagination(null, false), freshness));
    }

    /** What a wallet holds of a currency, as far as is known; nothing may be decided by it. */
    Balance balance(WalletId wallet, Currency currency) {
        return balances(wallet.tenant(), wallet.player(), wallet.scope().value()).balances().stream()
                .filter(view -> view.currency().equals(currency.code()))
                .findFirst()
                .map(view -> new Balance(view.balance(), view.held(), view.lifetimeEarned(), view.lifetimeSpent()))
                .orElse(Balance.ZERO);
    }

    /** The number up to which the wallet has applied its commands, as it is now; nothing is waited for. */
    long applied(WalletId wallet) {
        return wallet(wallet.tenant(), wallet.player(), wallet.scope().value(), 0, Duration.ZERO)
                .freshness()
                .appliedSequence();
    }

    /** The holds that stand in all wallets of these players. */
    Map<HoldId, StandingHold> standingHolds(TenantId tenant, Set<PlayerId> players) {
        var standing = new HashMap<HoldId, StandingHold>();
        for (PlayerId player : players) {
            state.ask(
                            tenant,
                            "/state/v1/wallets/{player}",
                            Map.of("player", player.value()),
                            Map.of(),
                            StateWallets.class)
                    .ifPresent(found -> found.wallets().stream()
                            .flatMap(wallet -> requireNonNullElse(wallet.holds(), List.<StandingHold>of()).stream())
                            .forEach(hold -> standing.put(new HoldId(hold.holdId()), hold)));
        }
        return standing;
    }

    BalanceSheets balanceSheets(TenantId tenant) {
        return state.ask(tenant, "/state/v1/balance-sheets", Map.of(), Map.of(), BalanceSheets.class)
                .orElseGet(() -> new BalanceSheets(List.of()));
    }

    private Ledger ledger(TenantId tenant, PlayerId player, StateLedger found, @Nullable Freshness freshness) {
        Map<Place, Detail> known = details.at(found.items().stream()
                .filter(WalletReading::hasDetails)
                .map(entry -> place(tenant, player, entry))
                .distinct()
                .toList());
        List<LedgerEntry> items = found.items().stream()
                .map(entry -> view(entry, hasDetails(entry) ? known.get(place(tenant, player, entry)) : null))
                .toList();
        return new Ledger(items, found.pagination(), freshness);
    }

    /** What time alone did has the number of the command before it, and says itself of which hold it is. */
    private static boolean hasDetails(StateEntry entry) {
        boolean isOfHold =
                HELD.equals(entry.account()) || entry.counterAccount().equals(HOLD);
        return entry.scopeKey() != null
                && !entry.reason().equals(Settlement.HOLD_TIMEOUT)
                && (isOfHold
                        || entry.reason().equals(ConvertRoutes.REASON)
                        || entry.reason().equals(WalletAdminRoutes.REVERSE));
    }

    private static Place place(TenantId tenant, PlayerId player, StateEntry entry) {
        return new Place(
                new WalletId(tenant, player, new ScopeKey(requireNonNull(entry.scopeKey()))), entry.sequence());
    }

    private static LedgerEntry view(StateEntry entry, @Nullable Detail detail) {
        ConversionRate rate = detail == null ? null : detail.rate();
        HoldId hold = detail == null ? null : detail.hold();
        boolean isTimeout = entry.reason().equals(Settlement.HOLD_TIMEOUT);
        return new LedgerEntry(
                requireNonNullElse(entry.scopeKey(), ""),
                entry.currency(),
                entry.amount(),
                requireNonNullElse(entry.account(), AVAILABLE),
                entry.counterAccount(),
                entry.reason(),
                entry.refId(),
                entry.balanceAfter(),
                entry.sequence(),
                entry.createdAt(),
                rate == null ? null : RateView.of(rate),
                isTimeout ? entry.refId() : hold == null ? null : hold.value(),
                detail == null ? List.of() : detail.reverses(),
                entry.reversedBy());
    }

    /** A wallet with all that was asked of it so far, or as far as it came in time. */
    private record WaitedWallet(String scope, long expected, StateWallets found) {}

    /** @param hasMore whether there are others, which were not waited for */
    private record Waited(List<WaitedWallet> wallets, boolean hasMore) {}

    private Waited waited(TenantId tenant, PlayerId player, @Nullable String scope) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        SortedMap<String, Long> expected = expected(tenant, player, scope);
        List<WaitedWallet> wallets = expected.entrySet().stream()
                .limit(MAX_WALLETS)
                .map(wallet -> {
                    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                    StateWallets found = wallet(tenant, player, wallet.getKey(), wallet.getValue(), left);
                    return new WaitedWallet(wallet.getKey(), wallet.getValue(), found);
                })
                .toList();
        return new Waited(wallets, expected.size() > MAX_WALLETS);
    }

    private static Freshness freshness(Waited waited) {
        return new Freshness(
                waited.wallets().stream()
                        .allMatch(wallet -> wallet.found().freshness().fresh()),
                waited.wallets().stream()
                        .map(wallet -> new WalletFreshness(
                                wallet.scope(),
                                wallet.expected(),
                                wallet.found().freshness().appliedSequence(),
                                missing(wallet.found())))
                        .toList(),
                waited.hasMore());
    }

    /** By scope; one more than is shown tells that there are more. */
    private SortedMap<String, Long> expected(TenantId tenant, PlayerId player, @Nullable String scope) {
        if (scope == null) {
            return numbers.latestOfAll(tenant, player, MAX_WALLETS + 1);
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

    private static long missing(StateWallets found) {
        return found.wallets().stream()
                .mapToLong(wallet -> requireNonNullElse(wallet.missingSequence(), 0L))
                .max()
                .orElse(0);
    }

    private static List<BalanceView> views(StateWallet wallet) {
        return wallet.balances().stream()
                .map(balance -> new BalanceView(
                        wallet.scopeKey(),
                        balance.currency(),
                        balance.balance(),
                        balance.held(),
                        balance.pending(),
                        balance.lifetimeEarned(),
                        balance.lifetimeSpent(),
                        requireNonNullElse(balance.expiring(), List.of())))
                .toList();
    }
}
