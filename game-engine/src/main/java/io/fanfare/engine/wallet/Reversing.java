package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.RecordedOutcome.Standing;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.WalletCommand.Activate;
import io.fanfare.engine.wallet.WalletCommand.Adjust;
import io.fanfare.engine.wallet.WalletCommand.Convert;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.NoOp;
import io.fanfare.engine.wallet.WalletCommand.PlaceHold;
import io.fanfare.engine.wallet.WalletCommand.PostHold;
import io.fanfare.engine.wallet.WalletCommand.Require;
import io.fanfare.engine.wallet.WalletCommand.Reverse;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Undoing what earlier commands did. Each entry is met by its opposite against the same counter-account: what was taken goes
 * back into the lots it was drawn from, what was given is taken from the lots it went into, then from what expires first. What
 * a credit promised and is still pending is promised no more.
 *
 * <p>A reversal is undone in the same way, so a chain of reversals is undone at its last link: what it reversed stays reversed by it.
 * One that ended a promise is not, for an entry does not know when the amount was to become available.
 */
final class Reversing {

    private Reversing() {}

    /** Whether a command can be reversed once it has been carried out. */
    static Standing standing(WalletCommand command, Verdict verdict) {
        if (!(verdict instanceof Accepted(List<LedgerEntry> entries)) || entries.isEmpty()) {
            return Standing.LASTING;
        }
        return switch (command) {
            case Credit _, CreditEach _, Spend _, Convert _, Adjust _, PostHold _ -> Standing.REVERSIBLE;
            case Reverse(var _, var _, boolean reversible) ->
                reversible && entries.stream().noneMatch(Reversing::isEndOfPromise)
                        ? Standing.REVERSIBLE
                        : Standing.LASTING;
            case Require _, PlaceHold _, VoidHold _, TransferOut _, TransferIn _, Activate _, NoOp _, Flawed _ ->
                Standing.LASTING;
        };
    }

    private static boolean isEndOfPromise(LedgerEntry entry) {
        return entry.account() == PlayerAccount.PENDING && entry.amount() < 0;
    }

    /** Reverses them all, or says why not. */
    static Optional<Declined> reverse(
            Posting posting, Reverse reverse, WalletMemory memory, List<RecordedOutcome> reversed) {
        // The newest first: what a later command took must be there again before an earlier one is undone.
        for (long sequence :
                reverse.sequences().stream().sorted(Comparator.reverseOrder()).toList()) {
            RecordedOutcome outcome = memory.outcome(sequence).orElse(null);
            if (outcome == null) {
                return declined(Refusal.NOT_FOUND, "no command %d is known".formatted(sequence));
            }
            Optional<Declined> refused = reverse(posting, outcome, reverse.partial());
            if (refused.isPresent()) {
                return refused;
            }
            reversed.add(outcome);
        }
        return Optional.empty();
    }

    private static Optional<Declined> reverse(Posting posting, RecordedOutcome outcome, boolean partial) {
        return switch (outcome.standing()) {
            case Standing.Lasting _ -> declined(Refusal.NOT_REVERSIBLE, whyLasting(outcome));
            case Standing.ReversedBy(long reversal) ->
                declined(
                        Refusal.ALREADY_REVERSED,
                        "command %d was reversed by command %d".formatted(outcome.sequence(), reversal));
            case Standing.Reversible _ -> reverseEntries(posting, outcome, partial);
        };
    }

    private static String whyLasting(RecordedOutcome outcome) {
        List<LedgerEntry> entries = entries(outcome.verdict());
        long sequence = outcome.sequence();
        if (entries.stream().anyMatch(entry -> entry.counterAccount() == CounterAccount.TRANSFER)) {
            return "command %d is a leg of transfer %s: reverse the transfer"
                    .formatted(sequence, outcome.cause().refId());
        }
        if (entries.stream().anyMatch(Reversing::isEndOfPromise)) {
            return "command %d ended a promise, which cannot be made again with its time".formatted(sequence);
        }
        return entries.isEmpty()
                ? "command %d moved nothing that a reversal gives back".formatted(sequence)
                : "command %d is a reversal of a release that could not reverse reversals".formatted(sequence);
    }

    private static Optional<Declined> reverseEntries(Posting posting, RecordedOutcome outcome, boolean partial) {
        var entries = new ArrayList<>(entries(outcome.verdict()));
        // What comes back may be what is taken again.
        entries.sort(Comparator.comparingLong(LedgerEntry::amount));
        boolean partialAllowed = partial && entries.stream().allMatch(entry -> entry.amount() > 0);
        for (LedgerEntry entry : entries) {
            Optional<Declined> refused = reverse(posting, outcome.sequence(), entry, partialAllowed);
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    private static List<LedgerEntry> entries(Verdict verdict) {
        return switch (verdict) {
            case Accepted(List<LedgerEntry> entries) ->
                // What moved between a hold and the player is where it was before.
                entries.stream()
                        .filter(entry -> entry.counterAccount() != CounterAccount.HOLD)
                        .toList();
            case Declined _ -> List.of();
        };
    }

    private static Optional<Declined> reverse(Posting posting, long sequence, LedgerEntry entry, boolean partial) {
        return switch (entry.account()) {
            case AVAILABLE ->
                entry.amount() > 0
                        ? takeBack(posting, gained(entry), entry.counterAccount(), entry.lots(), partial)
                        : giveBack(posting, entry);
            case HELD -> giveBack(posting, entry);
            case PENDING -> breakPromise(posting, sequence, entry, partial);
        };
    }

    private static Optional<Declined> giveBack(Posting posting, LedgerEntry entry) {
        posting.give(
                new Money(entry.currency(), Math.negateExact(entry.amount())), entry.counterAccount(), entry.lots());
        return Optional.empty();
    }

    private static Optional<Declined> takeBack(
            Posting posting, Money gained, CounterAccount to, List<Lot> lots, boolean partial) {
        long available = posting.available(gained.currency());
        if (available >= gained.amount()) {
            posting.takePreferring(gained, to, lots);
            return Optional.empty();
        }
        if (!partial) {
            return Rules.insufficient(available, gained);
        }
        if (available > 0) {
            posting.takePreferring(new Money(gained.currency(), available), to, lots);
        }
        return Optional.empty();
    }

    private static Optional<Declined> breakPromise(Posting posting, long sequence, LedgerEntry entry, boolean partial) {
        Optional<Pending> waiting = posting.pending().stream()
                .filter(pending ->
                        pending.sequence() == sequence && pending.money().equals(gained(entry)))
                .findFirst();
        if (waiting.isPresent()) {
            posting.endPromise(waiting.get());
            return Optional.empty();
        }
        return takeBack(posting, gained(entry), CounterAccount.ISSUANCE, entry.lots(), partial);
    }

    private static Money gained(LedgerEntry entry) {
        return new Money(entry.currency(), entry.amount());
    }

    private static Optional<Declined> declined(Refusal refusal, String detail) {
        return Optional.of(new Declined(refusal, detail));
    }
}
