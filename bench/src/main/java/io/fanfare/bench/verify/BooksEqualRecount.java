package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.bench.verify.WalletRecount.Passed;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.bench.verify.WalletRecount.Step;
import io.fanfare.events.WalletCommand;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was told is what the commands come to, per tenant and currency, each wallet as far as its outcomes were told. A wallet that
 * cannot be recounted that far is a violation, and so is a command without an outcome that every consumer was through with.
 */
final class BooksEqualRecount {

    private final Findings findings;
    private final Map<Book, BigInteger> told = new HashMap<>();
    private final Map<Book, BigInteger> right = new HashMap<>();

    private BooksEqualRecount(Findings findings) {
        this.findings = findings;
    }

    /** A currency of a tenant. */
    private record Book(String tenant, String currency) {

        @Override
        public String toString() {
            return tenant + " " + currency;
        }
    }

    static void check(Published published, Map<Wallet, ToldOutcomes> told, Findings findings) {
        var recount = new BooksEqualRecount(findings);
        Map<Wallet, Recounted> recounted = WalletRecount.of(published.commands(), ToldOutcomes.settlements(told));
        told.forEach((wallet, outcomes) -> recount.add(
                wallet,
                outcomes,
                recounted.getOrDefault(wallet, Recounted.NOTHING).steps()));
        recount.compare();
        untold(published, told, findings);
    }

    private void add(Wallet wallet, ToldOutcomes outcomes, List<Step> steps) {
        long last = outcomes.outcomes().keySet().stream().max(Long::compare).orElse(0L);
        if (last != outcomes.outcomes().size() || last > steps.size()) {
            findings.violated("wallet %s cannot be recounted: %d outcomes up to number %d, of %d commands"
                    .formatted(wallet, outcomes.outcomes().size(), last, steps.size()));
            return;
        }
        findings.saw(1);
        asOf(last, outcomes, steps)
                .forEach((currency, balance) -> right.merge(
                        new Book(wallet.tenant(), currency),
                        BigInteger.valueOf(balance.available()).add(BigInteger.valueOf(balance.held())),
                        BigInteger::add));
        outcomes.inOrder().stream()
                .flatMap(fact -> ToldOutcomes.postings(fact.value()).stream())
                .filter(posting -> !posting.account().equals(RecountedWallet.PENDING))
                .forEach(posting -> told.merge(
                        new Book(wallet.tenant(), posting.currency()),
                        BigInteger.valueOf(posting.amount()),
                        BigInteger::add));
    }

    /** Behind the last outcome, and what time did since then as far as it was told. */
    private static Map<String, Balance> asOf(long last, ToldOutcomes outcomes, List<Step> steps) {
        if (last == 0) {
            return Map.of();
        }
        Step step = steps.get(Math.toIntExact(last) - 1);
        Map<String, Balance> balances = step.after();
        for (Passed passed : step.since()) {
            if (passed.number() <= outcomes.settlements().size()) {
                balances = passed.after();
            }
        }
        return balances;
    }

    private void compare() {
        told.keySet().forEach(book -> right.putIfAbsent(book, BigInteger.ZERO));
        right.forEach((book, there) -> {
            BigInteger sum = told.getOrDefault(book, BigInteger.ZERO);
            if (!there.equals(sum)) {
                findings.violated("%s: entries sum to %s, and the commands come to %s".formatted(book, sum, there));
            }
        });
    }

    private static void untold(Published published, Map<Wallet, ToldOutcomes> told, Findings findings) {
        for (Fact<WalletCommand> fact : published.commands()) {
            WalletCommand command = fact.value();
            if (command == null || !published.isDrained(fact)) {
                continue;
            }
            Wallet wallet = WalletRecount.wallet(command);
            ToldOutcomes outcomes = told.getOrDefault(wallet, ToldOutcomes.NONE);
            if (!outcomes.outcomes().containsKey(command.getSequence())) {
                findings.violated("wallet %s is not recounted to its end: the outcome of command %d is not told"
                        .formatted(wallet, command.getSequence()));
            }
        }
    }
}
