package io.fanfare.engine.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The entries of one command, or of one settlement, as they come together; dropped whole where one of them cannot be. */
final class Posting {

    private final WalletState before;
    private final Map<Currency, OpenHolding> open = new HashMap<>();
    private final List<LedgerEntry> entries = new ArrayList<>();
    private List<Hold> holds;
    private List<Pending> pending;
    private SortedSet<String> grants;

    Posting(WalletState before) {
        this.before = before;
        this.holds = before.holds();
        this.pending = before.pending();
        this.grants = before.grants();
    }

    List<LedgerEntry> entries() {
        return entries;
    }

    long available(Currency currency) {
        OpenHolding inProgress = open.get(currency);
        return inProgress == null ? before.balance(currency).available() : inProgress.available();
    }

    boolean covers(Money money) {
        return available(money.currency()) >= money.amount();
    }

    long earned(Currency currency) {
        return before.balance(currency).lifetimeEarned();
    }

    /** Adds to what is available. */
    void give(Money money, CounterAccount from, List<Lot> lots) {
        holding(money.currency()).fill(lots);
        enter(money.currency(), PlayerAccount.AVAILABLE, money.amount(), from, lots);
    }

    /** Takes from what is available, what expires first first; the caller knows that there is enough. */
    List<Lot> take(Money money, CounterAccount to) {
        List<Lot> drawn = holding(money.currency()).draw(money.amount());
        enter(money.currency(), PlayerAccount.AVAILABLE, -money.amount(), to, drawn);
        return drawn;
    }

    /** The same, from certain lots as far as they are still there. */
    void takePreferring(Money money, CounterAccount to, List<Lot> preferred) {
        List<Lot> drawn = holding(money.currency()).drawPreferring(preferred, money.amount());
        enter(money.currency(), PlayerAccount.AVAILABLE, -money.amount(), to, drawn);
    }

    /** A lot ends. */
    void lapse(Currency currency, DatedLot lot) {
        holding(currency).dissolve(lot.expiresAt());
        List<Lot> lots = List.of(new Lot(lot.expiresAt(), lot.amount()));
        enter(currency, PlayerAccount.AVAILABLE, -lot.amount(), CounterAccount.BREAKAGE, lots);
    }

    void promise(Pending promised) {
        Money money = promised.money();
        pending = with(pending, promised);
        enterPending(promised, money.amount());
    }

    /** A promise ends, kept or not. */
    void endPromise(Pending promised) {
        pending = without(pending, promised);
        enterPending(promised, -promised.money().amount());
    }

    /** A promise is kept. */
    void activate(Pending promised) {
        endPromise(promised);
        Money money = promised.money();
        give(money, CounterAccount.ISSUANCE, Lot.whole(money.amount(), promised.expiresAt()));
    }

    List<Pending> pending() {
        return pending;
    }

    Optional<Hold> hold(HoldId id) {
        return holds.stream().filter(hold -> hold.id().equals(id)).findFirst();
    }

    int holds() {
        return holds.size();
    }

    void setAside(HoldId id, Money money, Instant expiresAt) {
        List<Lot> drawn = take(money, CounterAccount.HOLD);
        enter(money.currency(), PlayerAccount.HELD, money.amount(), CounterAccount.HOLD, drawn);
        holds = with(holds, new Hold(id, money, drawn, expiresAt));
    }

    /** A hold ends: its first part goes, the rest becomes available. */
    void endHold(Hold hold, long gone, CounterAccount to) {
        holds = without(holds, hold);
        Currency currency = hold.money().currency();
        if (gone > 0) {
            enter(currency, PlayerAccount.HELD, -gone, to, Lot.first(hold.lots(), gone));
        }
        long back = hold.money().amount() - gone;
        if (back > 0) {
            List<Lot> lots = Lot.rest(hold.lots(), gone);
            enter(currency, PlayerAccount.HELD, -back, CounterAccount.HOLD, lots);
            give(new Money(currency, back), CounterAccount.HOLD, lots);
        }
    }

    boolean isGranted(String grant) {
        return grants.contains(grant);
    }

    int grants() {
        return grants.size();
    }

    void grant(String grant) {
        grants = new TreeSet<>(grants);
        grants.add(grant);
    }

    /**
     * The wallet with everything in it.
     *
     * @throws ArithmeticException where a total has left the range of 64 bits
     */
    WalletState next(long appliedSequence, int parked, Instant clock, long settlements) {
        var holdings = before.holdings();
        if (!open.isEmpty()) {
            holdings = new TreeMap<>(holdings);
            for (var changed : open.entrySet()) {
                holdings.put(changed.getKey(), changed.getValue().close());
            }
        }
        return new WalletState(appliedSequence, parked, clock, settlements, holdings, holds, pending, grants);
    }

    private void enterPending(Pending promised, long amount) {
        Money money = promised.money();
        List<Lot> lots = Lot.whole(money.amount(), promised.expiresAt());
        enter(money.currency(), PlayerAccount.PENDING, amount, CounterAccount.PROMISE, lots);
    }

    private void enter(Currency currency, PlayerAccount account, long amount, CounterAccount counter, List<Lot> lots) {
        long after = holding(currency).move(account, amount, counter);
        entries.add(new LedgerEntry(currency, amount, counter, after, account, lots));
    }

    private OpenHolding holding(Currency currency) {
        @Nullable OpenHolding inProgress = open.get(currency);
        if (inProgress == null) {
            inProgress = new OpenHolding(before.holding(currency));
            open.put(currency, inProgress);
        }
        return inProgress;
    }

    private static <T> List<T> with(List<T> list, T added) {
        var changed = new ArrayList<>(list);
        changed.add(added);
        return changed;
    }

    private static <T> List<T> without(List<T> list, T removed) {
        var changed = new ArrayList<>(list);
        changed.remove(removed);
        return changed;
    }
}
