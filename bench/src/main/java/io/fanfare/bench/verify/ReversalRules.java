package io.fanfare.bench.verify;

import static io.fanfare.bench.verify.RecountedWallet.AVAILABLE;
import static io.fanfare.bench.verify.RecountedWallet.HOLD;
import static io.fanfare.bench.verify.RecountedWallet.ISSUANCE;
import static io.fanfare.bench.verify.RecountedWallet.PENDING;

import io.fanfare.bench.verify.RecountedWallet.Promise;
import io.fanfare.events.WalletReverse;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Undoing earlier commands, the newest first: each posting is met by its opposite, in the lots it names. */
final class ReversalRules {

    private static final int MOST_AT_ONCE = 100;

    private ReversalRules() {}

    static @Nullable String apply(RecountedWallet wallet, WalletReverse reverse, WalletHistory history) {
        List<Long> sequences = reverse.getSequences();
        if (sequences.isEmpty()
                || sequences.size() > MOST_AT_ONCE
                || new HashSet<>(sequences).size() < sequences.size()) {
            return "INVALID_COMMAND";
        }
        for (long sequence :
                sequences.stream().sorted(Comparator.reverseOrder()).toList()) {
            WalletHistory.Done done = history.of(sequence);
            if (done == null) {
                return "NOT_FOUND";
            }
            if (!done.isReversible()) {
                return "NOT_REVERSIBLE";
            }
            if (history.isReversed(sequence)) {
                return "ALREADY_REVERSED";
            }
            String refusal = undo(wallet, sequence, done.postings(), reverse.getPartial());
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable String undo(
            RecountedWallet wallet, long sequence, List<Posting> postings, boolean partialIsWanted) {
        List<Posting> undone = postings.stream()
                .filter(posting -> !posting.counterAccount().equals(HOLD))
                .sorted(Comparator.comparingLong(Posting::amount))
                .toList();
        boolean isPartial = partialIsWanted && undone.stream().allMatch(posting -> posting.amount() > 0);
        for (Posting posting : undone) {
            String refusal = undo(wallet, sequence, posting, isPartial);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable String undo(RecountedWallet wallet, long sequence, Posting posting, boolean isPartial) {
        if (posting.account().equals(PENDING)) {
            return breakPromise(wallet, sequence, posting, isPartial);
        }
        if (posting.account().equals(AVAILABLE) && posting.amount() > 0) {
            return takeBack(wallet, posting, posting.counterAccount(), isPartial);
        }
        wallet.give(posting.currency(), -posting.amount(), posting.counterAccount(), posting.lots());
        return null;
    }

    private static @Nullable String breakPromise(
            RecountedWallet wallet, long sequence, Posting posting, boolean isPartial) {
        for (Promise promise : wallet.promises()) {
            if (promise.sequence() == sequence
                    && promise.currency().equals(posting.currency())
                    && promise.amount() == posting.amount()) {
                wallet.endPromise(promise);
                return null;
            }
        }
        return takeBack(wallet, posting, ISSUANCE, isPartial);
    }

    private static @Nullable String takeBack(RecountedWallet wallet, Posting posting, String to, boolean isPartial) {
        long available = wallet.available(posting.currency());
        if (available < posting.amount() && !isPartial) {
            return "INSUFFICIENT_BALANCE";
        }
        long taken = Math.min(available, posting.amount());
        if (taken > 0) {
            List<LotPart> preferred = posting.lots().isEmpty() ? List.of(new LotPart(null, taken)) : posting.lots();
            wallet.take(posting.currency(), taken, to, preferred);
        }
        return null;
    }
}
