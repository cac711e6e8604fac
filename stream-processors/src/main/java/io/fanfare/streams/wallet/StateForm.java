package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.DatedLot;
import io.fanfare.engine.wallet.Flows;
import io.fanfare.engine.wallet.Hold;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.Holding;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.Pending;
import io.fanfare.engine.wallet.WalletState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/** How a wallet is kept. Most wallets have one or two currencies and nothing else; that takes some thirty bytes. */
final class StateForm {

    static final Serde<WalletState> SERDE =
            new Packed<>(StateForm::write, List.of(StateForm::readFirst, StateForm::readSecond));

    private static final int HAS_FLOWS = 1;
    private static final int HAS_PENDING = 2;
    private static final int HAS_LOTS = 4;
    private static final int LAPSED_BELOW_ZERO = 8;

    private static final int HAS_HOLDS = 1;
    private static final int HAS_PROMISES = 2;
    private static final int HAS_GRANTS = 4;

    private static final int AT = 0;
    private static final int ON_ACTION = 1;

    private StateForm() {}

    static void writeMoney(PackedWriter out, Money money) {
        out.text(money.currency().code());
        out.number(money.amount());
    }

    static Money readMoney(PackedReader in) {
        return new Money(new Currency(in.text()), in.number());
    }

    static void writeLots(PackedWriter out, List<Lot> lots) {
        out.number(lots.size());
        for (Lot lot : lots) {
            out.optionalTime(lot.expiresAt());
            out.number(lot.amount());
        }
    }

    static List<Lot> readLots(PackedReader in) {
        int count = in.count();
        if (count == 0) {
            return Lot.UNDATED;
        }
        List<Lot> lots = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            lots.add(new Lot(in.optionalTime(), in.number()));
        }
        return lots;
    }

    private static void write(PackedWriter out, WalletState state) {
        out.number(state.appliedSequence());
        out.number(state.parked());
        out.time(state.clock());
        out.number(state.settlements());
        out.number(state.holdings().size());
        state.holdings().forEach((currency, holding) -> {
            out.text(currency.code());
            writeHolding(out, holding);
        });
        out.oneByte((state.holds().isEmpty() ? 0 : HAS_HOLDS)
                | (state.pending().isEmpty() ? 0 : HAS_PROMISES)
                | (state.grants().isEmpty() ? 0 : HAS_GRANTS));
        if (!state.holds().isEmpty()) {
            out.number(state.holds().size());
            state.holds().forEach(hold -> writeHold(out, hold));
        }
        if (!state.pending().isEmpty()) {
            out.number(state.pending().size());
            state.pending().forEach(pending -> writePending(out, pending));
        }
        if (!state.grants().isEmpty()) {
            out.number(state.grants().size());
            state.grants().forEach(out::text);
        }
    }

    private static WalletState readSecond(PackedReader in) {
        long applied = in.number();
        int parked = in.count();
        var clock = in.time();
        long settlements = in.number();
        SortedMap<Currency, Holding> holdings = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            holdings.put(new Currency(in.text()), readHolding(in));
        }
        int more = in.oneByte();
        List<Hold> holds = new ArrayList<>();
        for (int left = (more & HAS_HOLDS) == 0 ? 0 : in.count(); left > 0; left--) {
            holds.add(new Hold(new HoldId(in.text()), readMoney(in), readLots(in), in.time()));
        }
        List<Pending> pending = new ArrayList<>();
        for (int left = (more & HAS_PROMISES) == 0 ? 0 : in.count(); left > 0; left--) {
            pending.add(new Pending(in.number(), readMoney(in), readActivation(in), in.optionalTime()));
        }
        if ((more & HAS_GRANTS) == 0) {
            return new WalletState(
                    applied, parked, clock, settlements, holdings, holds, pending, WalletState.EMPTY.grants());
        }
        var grants = new TreeSet<String>();
        for (int left = in.count(); left > 0; left--) {
            grants.add(in.text());
        }
        return new WalletState(applied, parked, clock, settlements, holdings, holds, pending, grants);
    }

    private static void writeHolding(PackedWriter out, Holding holding) {
        Balance balance = holding.balance();
        out.number(balance.available());
        out.number(balance.held());
        out.number(balance.lifetimeEarned());
        out.number(balance.lifetimeSpent());
        boolean hasFlows = !holding.flows().equals(Flows.NONE);
        long lapsed = holding.flows().lapsed();
        out.oneByte((hasFlows ? HAS_FLOWS : 0)
                | (lapsed < 0 ? LAPSED_BELOW_ZERO : 0)
                | (holding.pending() > 0 ? HAS_PENDING : 0)
                | (holding.lots().isEmpty() ? 0 : HAS_LOTS));
        if (hasFlows) {
            if (lapsed < 0) {
                out.signed(lapsed);
            } else {
                out.number(lapsed);
            }
            out.signed(holding.flows().converted());
            out.signed(holding.flows().transferred());
        }
        if (holding.pending() > 0) {
            out.number(holding.pending());
        }
        if (!holding.lots().isEmpty()) {
            out.number(holding.lots().size());
            for (DatedLot lot : holding.lots()) {
                out.time(lot.expiresAt());
                out.number(lot.amount());
                out.flag(lot.announced());
            }
        }
    }

    private static Holding readHolding(PackedReader in) {
        var balance = new Balance(in.number(), in.number(), in.number(), in.number());
        int more = in.oneByte();
        Flows flows = (more & HAS_FLOWS) == 0
                ? Flows.NONE
                : new Flows((more & LAPSED_BELOW_ZERO) == 0 ? in.number() : in.signed(), in.signed(), in.signed());
        long pending = (more & HAS_PENDING) == 0 ? 0 : in.number();
        if ((more & HAS_LOTS) == 0) {
            return new Holding(balance, flows, pending, List.of());
        }
        List<DatedLot> lots = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            lots.add(new DatedLot(in.time(), in.number(), in.flag()));
        }
        return new Holding(balance, flows, pending, lots);
    }

    private static void writeHold(PackedWriter out, Hold hold) {
        out.text(hold.id().value());
        writeMoney(out, hold.money());
        writeLots(out, hold.lots());
        out.time(hold.expiresAt());
    }

    private static void writePending(PackedWriter out, Pending pending) {
        out.number(pending.sequence());
        writeMoney(out, pending.money());
        switch (pending.activation()) {
            case Activation.At(var time) -> {
                out.oneByte(AT);
                out.time(time);
            }
            case Activation.OnAction(String action) -> {
                out.oneByte(ON_ACTION);
                out.text(action);
            }
            case Activation.AtOnce _ -> throw new IllegalArgumentException("%s is pending at once".formatted(pending));
        }
        out.optionalTime(pending.expiresAt());
    }

    private static Activation readActivation(PackedReader in) {
        int kind = in.oneByte();
        return switch (kind) {
            case AT -> new Activation.At(in.time());
            case ON_ACTION -> new Activation.OnAction(in.text());
            default -> throw new SerializationException("unknown activation " + kind);
        };
    }

    /** The form of the first release: everything was earned or spent. */
    private static WalletState readFirst(PackedReader in) {
        long applied = in.fixedLong();
        int parked = in.fixedInt();
        var balances = new TreeMap<Currency, Balance>();
        for (int left = in.fixedInt(); left > 0; left--) {
            var currency = new Currency(in.fixedText());
            balances.put(currency, new Balance(in.fixedLong(), in.fixedLong(), in.fixedLong(), in.fixedLong()));
        }
        return WalletState.of(applied, parked, balances);
    }
}
