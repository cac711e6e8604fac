package io.fanfare.bench.verify;

import io.fanfare.events.WalletAdjust;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletConvert;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletCreditEach;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletHoldPost;
import io.fanfare.events.WalletReverse;
import io.fanfare.events.WalletSpend;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the commands of a wallet did, for those that undo it. */
final class WalletHistory {

    private final Map<Long, Done> done = new HashMap<>();
    private final Set<Long> reversed = new HashSet<>();

    /** @param isReversible whether it moved something that a reversal gives back */
    record Done(List<Posting> postings, boolean isReversible) {}

    void add(WalletCommand command, List<Posting> postings) {
        boolean isReversible = !postings.isEmpty()
                && switch (command.getAction()) {
                    case WalletCredit _,
                            WalletCreditOnTerms _,
                            WalletCreditEach _,
                            WalletSpend _,
                            WalletConvert _,
                            WalletAdjust _,
                            WalletHoldPost _ -> true;
                    case WalletReverse reverse -> reverse.getReversible() && endsNoPromise(postings);
                    default -> false;
                };
        done.put(command.getSequence(), new Done(List.copyOf(postings), isReversible));
    }

    /** What was promised cannot be promised again: a posting does not say until when it was to wait. */
    private static boolean endsNoPromise(List<Posting> postings) {
        return postings.stream()
                .noneMatch(posting -> posting.account().equals(RecountedWallet.PENDING) && posting.amount() < 0);
    }

    @Nullable
    Done of(long sequence) {
        return done.get(sequence);
    }

    boolean isReversed(long sequence) {
        return reversed.contains(sequence);
    }

    void reversed(List<Long> sequences) {
        reversed.addAll(sequences);
    }
}
