package io.fanfare.bench.verify;

import static java.util.Objects.requireNonNull;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.bench.verify.RecountedWallet.Due;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletReverse;
import io.fanfare.events.WalletSettled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Wallets worked out again from the commands of the topic, by rules written down a second time. What time did to a wallet happens
 * before its next command, or earlier, where the topic of entries says so: when nobody asks for anything, the clock decides.
 */
final class WalletRecount {

    private WalletRecount() {}

    /**
     * A command and what must have become of it.
     *
     * @param refusal null: it was carried out
     * @param postings in the order of the command; none where it was refused
     * @param after all balances of the wallet, by currency
     * @param since what time did to the wallet before the next command
     */
    record Step(
            WalletCommand command,
            @Nullable String refusal,
            List<Posting> postings,
            Map<String, Balance> after,
            List<Passed> since) {
        Step {
            postings = List.copyOf(postings);
            after = Map.copyOf(after);
        }

        boolean isPosted() {
            return refusal == null;
        }
    }

    /**
     * What time alone did, and must have been told under its number.
     *
     * @param isForced a command came that had to find it done; otherwise it is here because it was told
     */
    record Passed(
            long number,
            Instant at,
            String reason,
            String ref,
            List<Posting> postings,
            Map<String, Balance> after,
            boolean isForced) {
        Passed {
            postings = List.copyOf(postings);
            after = Map.copyOf(after);
        }
    }

    /** All of one wallet, and what is in it in the end. */
    record Recounted(List<Step> steps, RecountedWallet last) {

        static final Recounted NOTHING = new Recounted(List.of(), new RecountedWallet());

        Recounted {
            steps = List.copyOf(steps);
        }

        /** What time did, in its order. */
        List<Passed> passed() {
            return steps.stream().flatMap(step -> step.since().stream()).toList();
        }
    }

    /** Each wallet by ascending number, up to the first one that is missing. */
    static Map<Wallet, Recounted> of(List<Fact<WalletCommand>> commands, Map<Wallet, Settlements> told) {
        Map<Wallet, Recounted> wallets = new HashMap<>();
        FirstTellings.of(commands, WalletRecount::wallet, WalletCommand::getSequence, _ -> {})
                .forEach((wallet, numbered) ->
                        wallets.put(wallet, new Recount(told.getOrDefault(wallet, Settlements.NONE)).of(numbered)));
        return wallets;
    }

    static Wallet wallet(WalletCommand command) {
        return new Wallet(command.getTenantId(), command.getScopeKey(), command.getPlayerId());
    }

    /** The settlements of a wallet that the topic tells of, by number. */
    record Settlements(TreeMap<Long, WalletSettled> byNumber) {

        static final Settlements NONE = new Settlements(new TreeMap<>());

        /** Whether the next one to come was told to have happened between this command and the one behind it. */
        boolean isAfter(long number, long sequence) {
            WalletSettled settled = byNumber.get(number);
            return settled != null && settled.getAfterSequence() == sequence;
        }
    }

    /** One wallet under way. */
    private static final class Recount {
        private final Settlements told;
        private final WalletHistory history = new WalletHistory();
        private final List<Step> steps = new ArrayList<>();
        private RecountedWallet wallet = new RecountedWallet();
        private long settlements;

        private Recount(Settlements told) {
            this.told = told;
        }

        private Recounted of(SequencedMap<Long, Fact<WalletCommand>> numbered) {
            for (long number = 1; numbered.containsKey(number); number++) {
                WalletCommand command = requireNonNull(numbered.get(number)).value();
                if (command == null) {
                    break;
                }
                passTo(later(command.getOccurredAt(), wallet.clock()));
                steps.add(step(command));
                while (told.isAfter(settlements + 1, number) && happen(false)) {
                    // Each turn is one more.
                }
            }
            return new Recounted(steps, wallet);
        }

        /** What is due by then happens before the command. */
        private void passTo(Instant now) {
            for (Due due = wallet.next(); due != null && !due.at().isAfter(now); due = wallet.next()) {
                happen(true);
            }
            wallet.passTo(now);
        }

        private boolean happen(boolean isForced) {
            RecountedWallet next = wallet.copy();
            Due due = next.next();
            if (due == null || steps.isEmpty()) {
                return false;
            }
            next.passTo(due.at());
            due.happening().run();
            wallet = next;
            var passed = new Passed(
                    ++settlements, next.clock(), due.reason(), due.ref(), next.postings(), next.balances(), isForced);
            steps.getLast().since().add(passed);
            return true;
        }

        private Step step(WalletCommand command) {
            RecountedWallet next = wallet.copy();
            @Nullable String refusal;
            try {
                refusal = CommandRules.apply(next, command, history);
                if (refusal == null) {
                    next.requireRoom();
                }
            } catch (ArithmeticException _) {
                refusal = "OVERFLOW";
            }
            if (refusal == null) {
                wallet = next;
            }
            List<Posting> postings = refusal == null ? next.postings() : List.of();
            history.add(command, postings);
            if (refusal == null && command.getAction() instanceof WalletReverse reverse) {
                history.reversed(reverse.getSequences());
            }
            return new Step(command, refusal, postings, wallet.balances(), new ArrayList<>());
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }
}
