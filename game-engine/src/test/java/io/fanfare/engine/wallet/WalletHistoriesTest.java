package io.fanfare.engine.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletDecision.Refused;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of one wallet, delivered with all that a relay, a crash and a failing database can do to them, against a
 * {@link NaiveLedger} that knows nothing of the engine. After each step both must say the same of every currency.
 */
class WalletHistoriesTest {

    /** Faults that a wallet could have, planted between the history and the engine. */
    enum Bug {
        APPLIES_DUPLICATES,
        JUMPS_OVER_GAPS,
        NEVER_EXPIRES,
        COUNTS_TRANSFERS_AS_EARNED,
        REVERSES_TWICE,
        FORGETS_TIMEOUTS,
        LOSES_A_COMMAND_IN_A_CRASH
    }

    @Test
    void three_hundred_histories_hold() {
        var kinds = new TreeSet<String>();
        for (long seed = 0; seed < 300; seed++) {
            var history = new History(seed, EnumSet.noneOf(Bug.class));
            assertThat(history.run()).as("history of seed %d", seed).isEmpty();
            kinds.addAll(history.naive.kindsOfOutcomes());
        }
        assertThat(kinds)
                .as("outcomes that the histories show")
                .contains("Posted", "Duplicate", "Forked", "Parked", "AlreadyParked", "TooFarAhead", "Refused OVERFLOW")
                .contains("Refused INSUFFICIENT_BALANCE", "Refused BELOW_THRESHOLD", "Refused ALREADY_EXISTS")
                .contains("Refused NOT_FOUND", "Refused ALREADY_REVERSED", "Refused NOT_REVERSIBLE")
                .contains("Refused NOTHING_TO_CONVERT", "Refused INVALID_COMMAND", NaiveLedger.REVERSAL_REVERSED);
    }

    @Test
    @Tag("long")
    void ten_thousand_histories_hold() {
        for (long seed = 0; seed < 10_000; seed++) {
            assertThat(new History(seed, EnumSet.noneOf(Bug.class)).run())
                    .as("history of seed %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void the_ledger_finds_a_planted_bug(Bug bug) {
        long found = LongStream.range(0, 50)
                .filter(seed -> !new History(seed, EnumSet.of(bug)).run().isEmpty())
                .count();

        assertThat(found).as("of 50 histories with %s", bug).isPositive();
    }

    private static final class History {

        private final Random random;
        private final Set<Bug> bugs;
        private final NaiveLedger naive = new NaiveLedger();
        private final List<Runnable> sinceCommit = new ArrayList<>();
        private RememberedWallet wallet = new RememberedWallet();
        private RememberedWallet committed = new RememberedWallet();

        private History(long seed, Set<Bug> bugs) {
            this.random = new Random(seed);
            this.bugs = bugs;
        }

        /** What is wrong, or nothing. */
        private List<String> run() {
            List<String> wrong = new ArrayList<>();
            for (NumberedCommand delivered : new RandomCommands(random, RandomCommands.COMMANDS).delivery()) {
                try {
                    deliver(delivered, wrong);
                } catch (IllegalArgumentException e) {
                    wrong.add("%s breaks the wallet: %s".formatted(delivered, e.getMessage()));
                    return wrong;
                }
                if (random.nextInt(12) == 0) {
                    letTimePass(delivered.occurredAt().plus(Duration.ofHours(random.nextInt(60))));
                }
                if (random.nextInt(10) == 0) {
                    commit();
                }
                if (random.nextInt(25) == 0) {
                    crash();
                }
                compare(wrong);
                if (!wrong.isEmpty()) {
                    return wrong;
                }
            }
            if (wallet.state().appliedSequence() != RandomCommands.COMMANDS) {
                wrong.add("%d commands applied".formatted(wallet.state().appliedSequence()));
            }
            entries(wrong);
            return wrong;
        }

        private void deliver(NumberedCommand command, List<String> wrong) {
            NumberedCommand altered = altered(command);
            String said = said(wallet.receive(altered));
            if (bugs.contains(Bug.REVERSES_TWICE)) {
                wallet.forgetReversals();
            }
            sinceCommit.add(() -> wallet.receive(altered));
            String right = naive.receive(command);
            if (!said.equals(right)) {
                wrong.add("%s: %s, must be %s".formatted(command, said, right));
            }
        }

        private void letTimePass(Instant until) {
            naive.settle(until);
            if (!bugs.contains(Bug.FORGETS_TIMEOUTS)) {
                wallet.settle(until);
                sinceCommit.add(() -> wallet.settle(until));
            }
        }

        private void commit() {
            committed = wallet.copy();
            sinceCommit.clear();
        }

        /** What was not committed is gone, and is read once more. */
        private void crash() {
            wallet = committed.copy();
            List<Runnable> again = List.copyOf(sinceCommit);
            int lost = bugs.contains(Bug.LOSES_A_COMMAND_IN_A_CRASH) && !again.isEmpty() ? 1 : 0;
            again.subList(0, again.size() - lost).forEach(Runnable::run);
        }

        private void compare(List<String> wrong) {
            Map<String, String> right = naive.picture();
            Map<String, String> there = NaiveLedger.picture(wallet.state());
            if (!there.equals(right)) {
                wrong.add("wallet shows %s, must show %s".formatted(there, right));
            }
            if (wallet.state().appliedSequence() != naive.applied()) {
                wrong.add("applied %d, must be %d".formatted(wallet.state().appliedSequence(), naive.applied()));
            }
            books(wrong);
        }

        /** Every movement, with the lots it drew or filled. */
        private void entries(List<String> wrong) {
            List<String> there = wallet.ledger().stream()
                    .map(entry -> NaiveLedger.entry(
                            entry.currency().code(),
                            entry.account().account(),
                            entry.counterAccount().account(),
                            entry.amount(),
                            entry.lots()))
                    .sorted()
                    .toList();
            List<String> right = naive.entries();
            if (!there.equals(right)) {
                wrong.add("entries are %s, must be %s".formatted(there, right));
            }
        }

        /** Each account is the sum of its entries, and with the counter-accounts all is zero. */
        private void books(List<String> wrong) {
            Map<String, BigInteger> accounts = new HashMap<>();
            for (LedgerEntry entry : wallet.ledger()) {
                var amount = BigInteger.valueOf(entry.amount());
                accounts.merge(entry.currency() + " " + entry.account(), amount, BigInteger::add);
                accounts.merge(entry.currency() + " " + entry.counterAccount(), amount, BigInteger::add);
            }
            wallet.state().holdings().forEach((currency, holding) -> {
                sums(accounts, currency + " AVAILABLE", holding.balance().available(), wrong);
                sums(accounts, currency + " HELD", holding.balance().held(), wrong);
                sums(accounts, currency + " PENDING", holding.pending(), wrong);
                sums(accounts, currency + " PROMISE", holding.pending(), wrong);
                sums(accounts, currency + " HOLD", 0, wrong);
            });
        }

        private static void sums(Map<String, BigInteger> accounts, String account, long right, List<String> wrong) {
            BigInteger sum = accounts.getOrDefault(account, BigInteger.ZERO);
            if (!sum.equals(BigInteger.valueOf(right))) {
                wrong.add("%s sums to %s, must be %d".formatted(account, sum, right));
            }
        }

        private NumberedCommand altered(NumberedCommand original) {
            if (bugs.contains(Bug.APPLIES_DUPLICATES)
                    && original.sequence() == wallet.state().appliedSequence()) {
                return RandomCommands.command(
                        original.id() + "-again", original.sequence() + 1, original.occurredAt(), original.command());
            }
            if (bugs.contains(Bug.JUMPS_OVER_GAPS)
                    && original.sequence() > wallet.state().nextSequence()) {
                return RandomCommands.command(
                        original.id().value(),
                        wallet.state().nextSequence(),
                        original.occurredAt(),
                        original.command());
            }
            WalletCommand command = original.command();
            if (bugs.contains(Bug.NEVER_EXPIRES) && command instanceof Credit credit) {
                command = new Credit(credit.amounts(), credit.activation(), null);
            }
            if (bugs.contains(Bug.COUNTS_TRANSFERS_AS_EARNED) && command instanceof TransferIn(Money money, var _)) {
                command = new Credit(List.of(money));
            }
            return RandomCommands.command(original.id().value(), original.sequence(), original.occurredAt(), command);
        }
    }

    private static String said(WalletDecision decision) {
        return decision instanceof Refused refused
                ? "Refused " + refused.declined().refusal()
                : decision.getClass().getSimpleName();
    }
}
