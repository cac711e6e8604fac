package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.Activation.AtOnce;
import io.fanfare.engine.wallet.Activation.OnAction;
import io.fanfare.engine.wallet.ConversionRate.Converted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.WalletCommand.Activate;
import io.fanfare.engine.wallet.WalletCommand.Adjust;
import io.fanfare.engine.wallet.WalletCommand.Convert;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.PlaceHold;
import io.fanfare.engine.wallet.WalletCommand.PostHold;
import io.fanfare.engine.wallet.WalletCommand.Require;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What each command does to a wallet: posts its entries, or says why not. */
final class Rules {

    private Rules() {}

    static Optional<Declined> credit(Posting posting, long sequence, Instant now, Credit credit) {
        boolean isDue = isDue(credit.activation(), now);
        if (!isDue && posting.pending().size() + credit.amounts().size() > WalletState.MAX_PENDING) {
            return declined(
                    Refusal.LIMIT_REACHED,
                    "%d amounts are pending, at most %d may be"
                            .formatted(posting.pending().size(), WalletState.MAX_PENDING));
        }
        for (Money money : credit.amounts()) {
            if (isDue) {
                posting.give(money, CounterAccount.ISSUANCE, Lot.whole(money.amount(), credit.expiresAt()));
            } else {
                posting.promise(new Pending(sequence, money, credit.activation(), credit.expiresAt()));
            }
        }
        return Optional.empty();
    }

    static Optional<Declined> creditEach(Posting posting, long sequence, Instant now, List<Credit> credits) {
        for (Credit credit : credits) {
            Optional<Declined> refused = credit(posting, sequence, now, credit);
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    private static boolean isDue(Activation activation, Instant now) {
        return switch (activation) {
            case AtOnce _ -> true;
            case Activation.At(Instant time) -> !time.isAfter(now);
            case OnAction _ -> false;
        };
    }

    static Optional<Declined> spend(Posting posting, List<Money> amounts) {
        for (Money money : amounts) {
            Optional<Declined> refused = take(posting, money, CounterAccount.REDEMPTION);
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    static Optional<Declined> require(Posting posting, Require require) {
        if (posting.isGranted(require.grant())) {
            return declined(Refusal.ALREADY_EXISTS, "%s was granted before".formatted(require.grant()));
        }
        long earned = posting.earned(require.earned().currency());
        if (earned < require.earned().amount()) {
            return declined(
                    Refusal.BELOW_THRESHOLD,
                    "%d %s earned, %d needed"
                            .formatted(
                                    earned,
                                    require.earned().currency(),
                                    require.earned().amount()));
        }
        if (posting.grants() >= WalletState.MAX_GRANTS) {
            return declined(Refusal.LIMIT_REACHED, "%d grants, the most there can be".formatted(posting.grants()));
        }
        posting.grant(require.grant());
        return Optional.empty();
    }

    static Optional<Declined> placeHold(Posting posting, PlaceHold place) {
        if (posting.hold(place.hold()).isPresent()) {
            return declined(Refusal.ALREADY_EXISTS, "hold %s is there".formatted(place.hold()));
        }
        if (posting.holds() >= WalletState.MAX_HOLDS) {
            return declined(Refusal.LIMIT_REACHED, "%d holds, the most there can be".formatted(posting.holds()));
        }
        if (!posting.covers(place.money())) {
            return insufficient(posting.available(place.money().currency()), place.money());
        }
        posting.setAside(place.hold(), place.money(), place.expiresAt());
        return Optional.empty();
    }

    static Optional<Declined> postHold(Posting posting, PostHold post) {
        Hold hold = posting.hold(post.hold()).orElse(null);
        if (hold == null) {
            return noHold(post.hold());
        }
        long amount = post.amount() == null ? hold.money().amount() : post.amount();
        if (amount > hold.money().amount()) {
            return declined(
                    Refusal.INSUFFICIENT_BALANCE,
                    "hold %s is of %s, %d asked for".formatted(hold.id(), hold.money(), amount));
        }
        posting.endHold(hold, amount, CounterAccount.REDEMPTION);
        return Optional.empty();
    }

    static Optional<Declined> voidHold(Posting posting, VoidHold voided) {
        Hold hold = posting.hold(voided.hold()).orElse(null);
        if (hold == null) {
            return noHold(voided.hold());
        }
        posting.endHold(hold, 0, CounterAccount.HOLD);
        return Optional.empty();
    }

    static Optional<Declined> convert(Posting posting, Convert convert) {
        Money from = convert.from();
        if (!posting.covers(from)) {
            return insufficient(posting.available(from.currency()), from);
        }
        Converted converted = convert.rate().convert(from.amount());
        if (converted.given() == 0) {
            return declined(
                    Refusal.NOTHING_TO_CONVERT,
                    "%s at %d to %d give no %s"
                            .formatted(
                                    from, convert.rate().from(), convert.rate().to(), convert.to()));
        }
        posting.take(new Money(from.currency(), converted.taken()), CounterAccount.CONVERSION);
        posting.give(new Money(convert.to(), converted.given()), CounterAccount.CONVERSION, Lot.UNDATED);
        return Optional.empty();
    }

    static Optional<Declined> adjust(Posting posting, Adjust adjust) {
        var money = new Money(adjust.currency(), Math.abs(adjust.delta()));
        if (adjust.delta() > 0) {
            CounterAccount from = adjust.countsAsEarned() ? CounterAccount.ISSUANCE : CounterAccount.BREAKAGE;
            posting.give(money, from, Lot.UNDATED);
            return Optional.empty();
        }
        return take(posting, money, CounterAccount.BREAKAGE);
    }

    static Optional<Declined> transferOut(Posting posting, TransferOut transfer, WalletMemory memory) {
        Money money = transfer.money();
        if (!posting.covers(money)) {
            return insufficient(posting.available(money.currency()), money);
        }
        received(transfer, memory)
                .ifPresentOrElse(
                        received -> posting.takePreferring(money, CounterAccount.TRANSFER, received),
                        () -> posting.take(money, CounterAccount.TRANSFER));
        return Optional.empty();
    }

    /** The lots of what came in and is to be given back; empty where nothing is named, or no transfer in of that currency. */
    private static Optional<List<Lot>> received(TransferOut transfer, WalletMemory memory) {
        return Optional.ofNullable(transfer.givesBack()).flatMap(memory::outcome).stream()
                .flatMap(outcome -> outcome.verdict() instanceof Accepted(List<LedgerEntry> entries)
                        ? entries.stream()
                        : Stream.empty())
                .filter(entry -> entry.counterAccount() == CounterAccount.TRANSFER && entry.amount() > 0)
                .filter(entry -> entry.currency().equals(transfer.money().currency()))
                .findFirst()
                .map(entry -> entry.lots().isEmpty() ? List.of(new Lot(null, entry.amount())) : entry.lots());
    }

    static Optional<Declined> transferIn(Posting posting, Money money, List<Lot> lots) {
        posting.give(money, CounterAccount.TRANSFER, lots);
        return Optional.empty();
    }

    static Optional<Declined> activate(Posting posting, Activate activate) {
        var awaited = new OnAction(activate.action());
        for (Pending pending : posting.pending()) {
            if (pending.activation().equals(awaited)) {
                posting.activate(pending);
            }
        }
        return Optional.empty();
    }

    static Optional<Declined> insufficient(long available, Money asked) {
        return declined(
                Refusal.INSUFFICIENT_BALANCE,
                "%d %s available, %d asked for".formatted(available, asked.currency(), asked.amount()));
    }

    private static Optional<Declined> take(Posting posting, Money money, CounterAccount to) {
        if (!posting.covers(money)) {
            return insufficient(posting.available(money.currency()), money);
        }
        posting.take(money, to);
        return Optional.empty();
    }

    private static Optional<Declined> noHold(HoldId hold) {
        return declined(Refusal.NOT_FOUND, "no hold %s stands".formatted(hold));
    }

    private static Optional<Declined> declined(Refusal refusal, String detail) {
        return Optional.of(new Declined(refusal, detail));
    }
}
