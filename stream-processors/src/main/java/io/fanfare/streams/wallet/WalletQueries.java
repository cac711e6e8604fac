package io.fanfare.streams.wallet;

import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.Hold;
import io.fanfare.engine.wallet.Holding;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.query.LocalState;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.query.StateQueries;
import io.fanfare.streams.runtime.RunningApp;
import io.fanfare.streams.wallet.LedgerLine.Place;
import io.fanfare.streams.wallet.StoredWallets.LedgerPart;
import io.fanfare.streams.wallet.StoredWallets.StoredWallet;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Wallets and their recent ledger, for the other services of the platform. */
@RestController
final class WalletQueries {

    private static final int MAX_WAIT_MS = 2_000;

    private final RunningApp app;
    private final StateQueries queries;
    private final StateNews news;

    WalletQueries(@Qualifier("wallets") RunningApp app, StateQueries queries, StateNews news) {
        this.app = app;
        this.queries = queries;
        this.news = news;
    }

    record Wallets(List<Wallet> wallets, Freshness freshness) {}

    /**
     * A wallet.
     *
     * @param grants what was granted once
     * @param missingSequence number of the command that later ones wait for; 0: none does
     * @param holds that stand
     */
    record Wallet(
            String scopeKey,
            long appliedSequence,
            List<CurrencyBalance> balances,
            List<String> grants,
            long missingSequence,
            List<StandingHold> holds) {

        static Wallet of(StoredWallet stored) {
            List<CurrencyBalance> balances = stored.state().holdings().entrySet().stream()
                    .map(entry -> CurrencyBalance.of(entry.getKey().code(), entry.getValue()))
                    .toList();
            return new Wallet(
                    stored.id().scope().value(),
                    stored.state().appliedSequence(),
                    balances,
                    List.copyOf(stored.state().grants()),
                    stored.state().hasGap() ? stored.state().nextSequence() : 0,
                    stored.state().holds().stream().map(StandingHold::of).toList());
        }
    }

    /** An amount that is set aside until then. */
    record StandingHold(String holdId, String currency, long amount, long expiresAt) {

        static StandingHold of(Hold hold) {
            return new StandingHold(
                    hold.id().value(),
                    hold.money().currency().code(),
                    hold.money().amount(),
                    hold.expiresAt().getEpochSecond());
        }
    }

    /**
     * What is there of one currency.
     *
     * @param pending promised, and in no other figure
     * @param expiring what of the balance expires when, the first to expire first
     */
    record CurrencyBalance(
            String currency,
            long balance,
            long held,
            long lifetimeEarned,
            long lifetimeSpent,
            long pending,
            List<Expiring> expiring) {

        static CurrencyBalance of(String currency, Holding holding) {
            Balance balance = holding.balance();
            return new CurrencyBalance(
                    currency,
                    balance.available(),
                    balance.held(),
                    balance.lifetimeEarned(),
                    balance.lifetimeSpent(),
                    holding.pending(),
                    holding.lots().stream()
                            .map(lot ->
                                    new Expiring(lot.amount(), lot.expiresAt().getEpochSecond()))
                            .toList());
        }
    }

    record Expiring(long amount, long expiresAt) {}

    /**
     * How new an answer is.
     *
     * @param fresh false: the number that was asked for is not applied yet, or a copy that may be behind answered
     * @param appliedSequence of the wallet that was asked for; 0 where none or all were
     */
    record Freshness(boolean fresh, long appliedSequence) {}

    /**
     * A line of the ledger.
     *
     * @param sequence of the command, or of the last one before it where time alone did it
     * @param account of the player: available, held or pending
     * @param reversedBy number of the command that undid it; null where none has
     */
    record Entry(
            String scopeKey,
            long sequence,
            String currency,
            long amount,
            String counterAccount,
            String reason,
            String refId,
            long balanceAfter,
            long createdAt,
            String account,
            @Nullable Long reversedBy) {

        static Entry of(LedgerLine line) {
            return new Entry(
                    line.place().scope(),
                    line.place().sequence(),
                    line.entry().currency().code(),
                    line.entry().amount(),
                    line.entry().counterAccount().account(),
                    line.cause().reason(),
                    line.cause().refId(),
                    line.entry().balanceAfter(),
                    line.place().at().getEpochSecond(),
                    line.entry().account().account(),
                    line.reversedBy());
        }
    }

    /** The wallets of a player; with {@code scope_key} and {@code applied}, waits until that number is applied. */
    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping("/state/v1/wallets/{player}")
    ResponseEntity<?> wallets(
            Caller caller,
            @PathVariable("player") PlayerId player,
            @RequestParam(name = "scope_key", required = false) @Nullable ScopeKey scope,
            @RequestParam(name = "applied", defaultValue = "0") long applied,
            @RequestParam(name = "wait_ms", defaultValue = "0") int waitMs,
            HttpServletRequest request) {
        if (applied < 0) {
            throw Refused.invalid("applied", "is %d, expected 0 or more".formatted(applied));
        }
        if (applied > 0 && scope == null) {
            throw Refused.invalid("applied", "needs a scope_key: numbers are counted per wallet");
        }
        if (waitMs < 0 || waitMs > MAX_WAIT_MS) {
            throw Refused.invalid("wait_ms", "is %d, expected 0 to %d".formatted(waitMs, MAX_WAIT_MS));
        }
        return ask(caller, player, request, state -> {
            if (scope == null) {
                return allWallets(caller.tenant(), player, state);
            }
            var wallet = new WalletId(caller.tenant(), player, scope);
            return oneWallet(wallet, applied, Duration.ofMillis(waitMs), news, state);
        });
    }

    /** Ledger entries of a player, newest first, back to the first one. */
    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping("/state/v1/wallets/{player}/entries")
    ResponseEntity<?> entries(
            Caller caller,
            @PathVariable("player") PlayerId player,
            @RequestParam(name = "scope_key", required = false) @Nullable ScopeKey scope,
            Paging paging,
            HttpServletRequest request) {
        @Nullable Place after = paging.after(Place::parse);
        return ask(caller, player, request, state -> ledger(caller.tenant(), player, scope, paging, after, state));
    }

    private ResponseEntity<?> ask(
            Caller caller, PlayerId player, HttpServletRequest request, Function<LocalState, Object> question) {
        String key = Topics.playerKey(caller.tenant().value(), player.value());
        return queries.answer(app, WalletStores.WALLETS, key, request, question);
    }

    static Wallets allWallets(TenantId tenant, PlayerId player, LocalState state) {
        List<Wallet> wallets = new StoredWallets(state)
                .walletsOf(tenant, player).stream().map(Wallet::of).toList();
        return new Wallets(wallets, new Freshness(state.isActive(), 0));
    }

    static Wallets oneWallet(WalletId id, long applied, Duration patience, StateNews news, LocalState state) {
        var stored = new StoredWallets(state);
        // Nobody tells what happens to a copy, and what it says is not called fresh.
        Duration wait = state.isActive() ? patience : Duration.ZERO;
        WalletState wallet =
                news.await(id.toString(), () -> stored.wallet(id), seen -> isWorthNoWait(seen, applied), wait);
        boolean fresh = state.isActive() && wallet.appliedSequence() >= applied;
        List<Wallet> found =
                wallet.equals(WalletState.EMPTY) ? List.of() : List.of(Wallet.of(new StoredWallet(id, wallet)));
        return new Wallets(found, new Freshness(fresh, wallet.appliedSequence()));
    }

    static Page<Entry> ledger(
            TenantId tenant,
            PlayerId player,
            @Nullable ScopeKey scope,
            Paging paging,
            @Nullable Place after,
            LocalState state) {
        var stored = new StoredWallets(state);
        List<WalletId> wallets = scope == null
                ? stored.walletsOf(tenant, player).stream()
                        .map(StoredWallet::id)
                        .toList()
                : List.of(new WalletId(tenant, player, scope));
        List<LedgerPart> parts = wallets.stream()
                .map(wallet -> stored.ledger(wallet, after, paging.limitPlusOne()))
                .toList();
        @Nullable Place cut = newestCut(parts);
        List<LedgerLine> lines = parts.stream()
                .flatMap(part -> part.lines().stream())
                .filter(line -> cut == null || !line.place().isBehind(cut))
                .sorted(LedgerLine.NEWEST_FIRST)
                .limit(paging.limitPlusOne())
                .toList();
        Page<LedgerLine> page = cut == null || lines.size() > paging.limit()
                ? Page.of(lines, paging, line -> line.place().toString())
                : Page.cutAt(lines, cut.toString());
        return page.map(Entry::of);
    }

    /** Nothing behind it may be shown yet: what was not read may stand before it. */
    private static @Nullable Place newestCut(List<LedgerPart> parts) {
        @Nullable Place newest = null;
        for (LedgerPart part : parts) {
            Place cut = part.cut();
            if (cut != null && (newest == null || newest.isBehind(cut))) {
                newest = cut;
            }
        }
        return newest;
    }

    /** An open gap is not waited for: it may take long to close. */
    private static boolean isWorthNoWait(WalletState wallet, long applied) {
        return wallet.appliedSequence() >= applied || wallet.hasGap();
    }
}
