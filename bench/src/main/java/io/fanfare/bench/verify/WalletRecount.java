package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletRequire;
import io.fanfare.events.WalletSpend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Wallets worked out again from the commands of the topic, by rules written down a second time. */
final class WalletRecount {

    static final Balance NOTHING = new Balance(0, 0, 0, 0);

    private WalletRecount() {}

    /**
     * A command and what must have become of it.
     *
     * @param isPosted false: refused, nothing changes
     * @param postings in the order of the command; none where it was refused
     * @param after all balances of the wallet, by currency
     */
    record Step(WalletCommand command, boolean isPosted, List<Posting> postings, Map<String, Balance> after) {
        Step {
            postings = List.copyOf(postings);
            after = Map.copyOf(after);
        }
    }

    record Posting(String currency, long amount, String counterAccount, long balanceAfter) {}

    /** The steps of each wallet by ascending number, up to the first one that is missing. */
    static Map<Wallet, List<Step>> of(List<Fact<WalletCommand>> commands) {
        Map<Wallet, List<Step>> wallets = new HashMap<>();
        FirstTellings.of(commands, WalletRecount::wallet, WalletCommand::getSequence, _ -> {})
                .forEach((wallet, told) -> wallets.put(wallet, steps(told)));
        return wallets;
    }

    static Wallet wallet(WalletCommand command) {
        return new Wallet(command.getTenantId(), command.getScopeKey(), command.getPlayerId());
    }

    private static List<Step> steps(SequencedMap<Long, Fact<WalletCommand>> told) {
        var steps = new ArrayList<Step>();
        Map<String, Balance> balances = Map.of();
        Set<String> grants = new HashSet<>();
        for (long number = 1; told.containsKey(number); number++) {
            Fact<WalletCommand> fact = told.get(number);
            WalletCommand command = fact == null ? null : fact.value();
            if (command == null) {
                return steps;
            }
            Step step = step(balances, grants, command);
            balances = step.after();
            steps.add(step);
        }
        return steps;
    }

    private static Step step(Map<String, Balance> before, Set<String> grants, WalletCommand command) {
        Map<String, Balance> after = new HashMap<>(before);
        var postings = new ArrayList<Posting>();
        try {
            boolean isPosted = switch (command.getAction()) {
                case WalletCredit credit -> credit(after, postings, credit.getAmounts());
                case WalletSpend spend -> spend(after, postings, spend.getAmounts());
                case WalletRequire require -> require(after, grants, require);
                default -> false;
            };
            return isPosted ? new Step(command, true, postings, after) : new Step(command, false, List.of(), before);
        } catch (ArithmeticException _) {
            return new Step(command, false, List.of(), before);
        }
    }

    private static boolean credit(Map<String, Balance> after, List<Posting> postings, List<WalletAmount> amounts) {
        for (WalletAmount amount : amounts) {
            if (amount.getAmount() <= 0) {
                return false;
            }
            Balance old = after.getOrDefault(amount.getCurrency(), NOTHING);
            var next = new Balance(
                    Math.addExact(old.available(), amount.getAmount()),
                    old.held(),
                    Math.addExact(old.earned(), amount.getAmount()),
                    old.spent());
            after.put(amount.getCurrency(), next);
            postings.add(new Posting(amount.getCurrency(), amount.getAmount(), "issuance", next.available()));
        }
        return true;
    }

    /** Nothing moves; the same is granted once. */
    private static boolean require(Map<String, Balance> balances, Set<String> grants, WalletRequire require) {
        WalletAmount wanted = require.getEarned();
        long earned = balances.getOrDefault(wanted.getCurrency(), NOTHING).earned();
        return wanted.getAmount() > 0 && earned >= wanted.getAmount() && grants.add(require.getGrant());
    }

    private static boolean spend(Map<String, Balance> after, List<Posting> postings, List<WalletAmount> amounts) {
        for (WalletAmount amount : amounts) {
            Balance old = after.getOrDefault(amount.getCurrency(), NOTHING);
            if (amount.getAmount() <= 0 || old.available() < amount.getAmount()) {
                return false;
            }
            var next = new Balance(
                    old.available() - amount.getAmount(),
                    old.held(),
                    old.earned(),
                    Math.addExact(old.spent(), amount.getAmount()));
            after.put(amount.getCurrency(), next);
            postings.add(new Posting(amount.getCurrency(), -amount.getAmount(), "redemption", next.available()));
        }
        return true;
    }
}
