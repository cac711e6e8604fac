package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.Activation.At;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What time alone does to a wallet: expiries, timeouts of holds, activations; and the notice before an expiry. */
public final class Settling {

    private Settling() {}

    /** A wallet as of some time, and how it came there. */
    public record Settled(List<Settlement> settlements, WalletState next) {
        public Settled {
            settlements = List.copyOf(settlements);
        }
    }

    /** What a player is to be told about: so much of a currency expires then. */
    public record ExpiringSoon(Currency currency, DatedLot lot) {}

    /** Notices that are due, and the wallet that remembers them. */
    public record Announced(List<ExpiringSoon> notices, WalletState next) {
        public Announced {
            notices = List.copyOf(notices);
        }
    }

    /** Something that happens at a time; at the same time timeouts come first, then activations, then expiries. */
    sealed interface Due {

        Instant at();

        record Timeout(Hold hold) implements Due {
            @Override
            public Instant at() {
                return hold.expiresAt();
            }
        }

        record Activated(Pending pending, Instant at) implements Due {}

        record Expiry(Currency currency, DatedLot lot) implements Due {
            @Override
            public Instant at() {
                return lot.expiresAt();
            }
        }
    }

    /** Does what was due by a time, earliest first. */
    public static Settled settle(WalletState wallet, Instant until) {
        WalletState current = wallet;
        var settlements = new ArrayList<Settlement>();
        for (Due due = next(current).orElse(null);
                due != null && !due.at().isAfter(until);
                due = next(current).orElse(null)) {
            var posting = new Posting(current);
            Instant at = due.at().isAfter(current.clock()) ? due.at() : current.clock();
            Cause cause = post(posting, due);
            long number = Math.addExact(current.settlements(), 1);
            settlements.add(new Settlement(number, current.appliedSequence(), at, cause, posting.entries()));
            current = posting.next(current.appliedSequence(), current.parked(), at, number);
        }
        return new Settled(settlements, current);
    }

    /** Which lots expire within a lead time that nobody was told of. */
    public static Announced announce(WalletState wallet, Instant now, Duration lead) {
        Instant horizon = now.plus(lead);
        var notices = new ArrayList<ExpiringSoon>();
        var holdings = new TreeMap<>(wallet.holdings());
        wallet.holdings().forEach((currency, holding) -> {
            var lots = new ArrayList<DatedLot>();
            for (DatedLot lot : holding.lots()) {
                if (!lot.announced() && !lot.expiresAt().isAfter(horizon)) {
                    notices.add(new ExpiringSoon(currency, lot));
                    lots.add(new DatedLot(lot.expiresAt(), lot.amount(), true));
                } else {
                    lots.add(lot);
                }
            }
            holdings.put(currency, new Holding(holding.balance(), holding.flows(), holding.pending(), lots));
        });
        WalletState next = notices.isEmpty()
                ? wallet
                : new WalletState(
                        wallet.appliedSequence(),
                        wallet.parked(),
                        wallet.clock(),
                        wallet.settlements(),
                        holdings,
                        wallet.holds(),
                        wallet.pending(),
                        wallet.grants());
        return new Announced(notices, next);
    }

    /** When the next notice is due; empty where there is none to come. */
    public static Optional<Instant> nextNotice(WalletState wallet, Duration lead) {
        @Nullable Instant first = null;
        for (Holding holding : wallet.holdings().values()) {
            for (DatedLot lot : holding.lots()) {
                if (!lot.announced() && (first == null || lot.expiresAt().isBefore(first))) {
                    first = lot.expiresAt();
                }
            }
        }
        return Optional.ofNullable(first).map(expiry -> expiry.minus(lead));
    }

    /** What time does next, whenever that is. */
    static Optional<Due> next(WalletState wallet) {
        @Nullable Due next = null;
        for (Hold hold : wallet.holds()) {
            next = earlier(next, new Due.Timeout(hold));
        }
        for (Pending pending : wallet.pending()) {
            if (pending.activation() instanceof At(Instant time)) {
                next = earlier(next, new Due.Activated(pending, time));
            }
        }
        for (Map.Entry<Currency, Holding> holding : wallet.holdings().entrySet()) {
            List<DatedLot> lots = holding.getValue().lots();
            if (!lots.isEmpty()) {
                next = earlier(next, new Due.Expiry(holding.getKey(), lots.getFirst()));
            }
        }
        return Optional.ofNullable(next);
    }

    private static Due earlier(@Nullable Due first, Due second) {
        return first == null || second.at().isBefore(first.at()) ? second : first;
    }

    private static Cause post(Posting posting, Due due) {
        return switch (due) {
            case Due.Timeout(Hold hold) -> {
                posting.endHold(hold, 0, CounterAccount.HOLD);
                yield new Cause(Settlement.HOLD_TIMEOUT, hold.id().value());
            }
            case Due.Activated(Pending pending, Instant _) -> {
                posting.activate(pending);
                yield new Cause(Settlement.ACTIVATION, Long.toString(pending.sequence()));
            }
            case Due.Expiry(Currency currency, DatedLot lot) -> {
                posting.lapse(currency, lot);
                yield new Cause(Settlement.EXPIRY, lot.expiresAt().toString());
            }
        };
    }
}
