package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.events.WalletAmount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is in a wallet as it is counted again, and how amounts move in it. A command works on a copy and counts when it is through. */
final class RecountedWallet {

    static final String AVAILABLE = "available";
    static final String HELD = "held";
    static final String PENDING = "pending";
    static final String ISSUANCE = "issuance";
    static final String REDEMPTION = "redemption";
    static final String BREAKAGE = "breakage";
    static final String HOLD = "hold";
    static final String PROMISE = "promise";

    private final Map<String, RecountedHolding> holdings = new TreeMap<>();
    private final Map<String, Held> holds = new LinkedHashMap<>();
    private final List<Promise> promises = new ArrayList<>();
    private final Set<String> grants = new TreeSet<>();
    private final Set<String> touched = new TreeSet<>();
    private final List<Posting> postings = new ArrayList<>();
    private Instant clock = Instant.EPOCH;

    /** An amount that is set aside. */
    record Held(String id, String currency, long amount, List<LotPart> lots, Instant until) {}

    /**
     * An amount that becomes available later.
     *
     * @param at null where an action is waited for
     */
    record Promise(
            long sequence,
            String currency,
            long amount,
            @Nullable Instant at,
            @Nullable String action,
            @Nullable Instant expiresAt) {

        List<LotPart> lots() {
            return expiresAt == null ? List.of() : List.of(new LotPart(expiresAt, amount));
        }
    }

    /**
     * What time does next.
     *
     * @param reason as the topic calls it
     * @param ref what of
     */
    record Due(Instant at, String reason, String ref, Runnable happening) {}

    RecountedWallet copy() {
        var copy = new RecountedWallet();
        holdings.forEach((currency, holding) -> copy.holdings.put(currency, holding.copy()));
        copy.holds.putAll(holds);
        copy.promises.addAll(promises);
        copy.grants.addAll(grants);
        copy.clock = clock;
        return copy;
    }

    Instant clock() {
        return clock;
    }

    void passTo(Instant time) {
        clock = time.isAfter(clock) ? time : clock;
    }

    Map<String, RecountedHolding> holdings() {
        return holdings;
    }

    Map<String, Balance> balances() {
        return holdings.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, holding -> holding.getValue().balance()));
    }

    Map<String, Held> holds() {
        return holds;
    }

    List<Promise> promises() {
        return promises;
    }

    Set<String> grants() {
        return grants;
    }

    /** What was posted since the copy was made. */
    List<Posting> postings() {
        return postings;
    }

    /** @throws ArithmeticException where something would not fit into 64 bits */
    void requireRoom() {
        touched.forEach(currency -> holding(currency).requireRoom());
    }

    long available(String currency) {
        RecountedHolding holding = holdings.get(currency);
        return holding == null ? 0 : holding.available();
    }

    long earned(String currency) {
        RecountedHolding holding = holdings.get(currency);
        return holding == null ? 0 : holding.givenBy(ISSUANCE);
    }

    boolean covers(WalletAmount amount) {
        return available(amount.getCurrency()) >= amount.getAmount();
    }

    void give(String currency, long amount, String from, List<LotPart> lots) {
        holding(currency).fill(lots);
        post(currency, AVAILABLE, from, amount, lots);
    }

    /** @param preferred lots to take it from as far as they are there; none: what ends first */
    List<LotPart> take(String currency, long amount, String to, List<LotPart> preferred) {
        List<LotPart> drawn = holding(currency).draw(amount, preferred);
        post(currency, AVAILABLE, to, -amount, drawn);
        return drawn;
    }

    void promise(Promise promise) {
        promises.add(promise);
        post(promise.currency(), PENDING, PROMISE, promise.amount(), promise.lots());
    }

    void endPromise(Promise promise) {
        promises.remove(promise);
        post(promise.currency(), PENDING, PROMISE, -promise.amount(), promise.lots());
    }

    void keep(Promise promise) {
        endPromise(promise);
        give(promise.currency(), promise.amount(), ISSUANCE, promise.lots());
    }

    void hold(Held held) {
        List<LotPart> drawn = take(held.currency(), held.amount(), HOLD, List.of());
        post(held.currency(), HELD, HOLD, held.amount(), drawn);
        holds.put(held.id(), new Held(held.id(), held.currency(), held.amount(), drawn, held.until()));
    }

    /** The first part of a hold is spent, the rest comes back. */
    void endHold(Held held, long spent) {
        holds.remove(held.id());
        List<LotPart> gone = new ArrayList<>();
        List<LotPart> back = new ArrayList<>();
        long left = spent;
        for (LotPart part : held.lots()) {
            long taken = Math.min(left, part.amount());
            left -= taken;
            if (taken > 0) {
                gone.add(new LotPart(part.expiresAt(), taken));
            }
            if (part.amount() > taken) {
                back.add(new LotPart(part.expiresAt(), part.amount() - taken));
            }
        }
        if (spent > 0) {
            post(held.currency(), HELD, REDEMPTION, -spent, gone);
        }
        long returned = held.amount() - spent;
        if (returned > 0) {
            post(held.currency(), HELD, HOLD, -returned, back);
            give(held.currency(), returned, HOLD, back);
        }
    }

    /** What time will do first; null where nothing is to come. At the same time: timeouts, then promises, then what ends. */
    @Nullable
    Due next() {
        Due next = null;
        for (Held held : holds.values()) {
            next = earlier(next, new Due(held.until(), "hold_timeout", held.id(), () -> endHold(held, 0)));
        }
        for (Promise promise : promises) {
            if (promise.at() != null) {
                String of = Long.toString(promise.sequence());
                next = earlier(next, new Due(promise.at(), "activation", of, () -> keep(promise)));
            }
        }
        for (Map.Entry<String, RecountedHolding> holding : holdings.entrySet()) {
            Map.Entry<Instant, Long> lot = holding.getValue().firstLot();
            if (lot != null) {
                Runnable expiry = () -> expire(holding.getKey(), lot.getKey(), lot.getValue());
                next = earlier(
                        next, new Due(lot.getKey(), "expiry", lot.getKey().toString(), expiry));
            }
        }
        return next;
    }

    private void expire(String currency, Instant time, long amount) {
        holding(currency).endLot(time);
        post(currency, AVAILABLE, BREAKAGE, -amount, List.of(new LotPart(time, amount)));
    }

    private static Due earlier(@Nullable Due first, Due second) {
        return first == null || second.at().isBefore(first.at()) ? second : first;
    }

    private void post(String currency, String account, String counterAccount, long amount, List<LotPart> lots) {
        long after = holding(currency).move(account, counterAccount, amount);
        touched.add(currency);
        postings.add(new Posting(currency, account, counterAccount, amount, after, lots));
    }

    private RecountedHolding holding(String currency) {
        return holdings.computeIfAbsent(currency, _ -> new RecountedHolding());
    }
}
