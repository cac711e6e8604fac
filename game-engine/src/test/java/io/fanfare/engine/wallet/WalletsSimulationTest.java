package io.fanfare.engine.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories, delivered with all that a relay and a failing database can do to them, against a ledger that knows
 * nothing of the engine. A seed that ever failed stays in the list.
 */
class WalletsSimulationTest {

    private static final int COMMANDS = 2_000;
    private static final String[] CURRENCIES = {"points", "jokers", "coins"};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void agrees_with_a_naive_ledger(long seed) {
        var random = new Random(seed);
        var wallet = new RememberedWallet();
        var naive = new NaiveLedger();

        for (NaiveLedger.Step step : delivery(random)) {
            String outcome = wallet.receive(command(step)).getClass().getSimpleName();
            assertThat(outcome).as("%s of seed %d", step, seed).isEqualTo(naive.receive(step));
        }

        assertThat(naive.kindsOfOutcomes())
                .as("a history that shows every outcome")
                .contains("Posted", "Refused", "Duplicate", "ForgottenDuplicate", "Forked", "Parked", "AlreadyParked")
                .contains("TooFarAhead");
        assertThat(wallet.state().appliedSequence()).isEqualTo(COMMANDS);
        assertThat(wallet.state().parked()).isZero();
        for (String code : CURRENCIES) {
            var currency = new Currency(code);
            Balance balance = wallet.state().balance(currency);
            assertThat(BigInteger.valueOf(balance.available())).isEqualTo(naive.available(code));
            assertThat(BigInteger.valueOf(balance.lifetimeEarned())).isEqualTo(naive.earned(code));
            assertThat(BigInteger.valueOf(balance.lifetimeSpent())).isEqualTo(naive.spent(code));
            assertThat(sumOfEntries(wallet, currency)).isEqualTo(naive.available(code));
        }
    }

    private static BigInteger sumOfEntries(RememberedWallet wallet, Currency currency) {
        return wallet.ledger().stream()
                .filter(entry -> entry.currency().equals(currency))
                .map(entry -> BigInteger.valueOf(entry.amount()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Every command at least once, in an order that is mostly right, with strangers in between. */
    private static List<NaiveLedger.Step> delivery(Random random) {
        List<NaiveLedger.Step> history = new ArrayList<>();
        for (int number = 1; number <= COMMANDS; number++) {
            history.add(step("cmd-" + number, number, random));
        }
        List<NaiveLedger.Step> delivered = new ArrayList<>();
        List<NaiveLedger.Step> delayed = new ArrayList<>();
        for (int next = 0; next < COMMANDS; next++) {
            NaiveLedger.Step step = history.get(next);
            switch (random.nextInt(20)) {
                case 0, 1 -> delayed.add(step);
                case 2 -> {
                    delivered.add(step);
                    delivered.add(history.get(random.nextInt(next + 1)));
                }
                case 3 -> {
                    delivered.add(step);
                    delivered.add(step);
                }
                case 4 -> {
                    delivered.add(step);
                    delivered.add(fork(history.get(Math.max(0, next - random.nextInt(300))), random));
                }
                case 5 -> {
                    delivered.add(step);
                    delivered.add(history.get(Math.min(COMMANDS - 1, next + 1 + random.nextInt(5))));
                }
                default -> delivered.add(step);
            }
            if (random.nextInt(15) == 0) {
                delivered.addAll(delayed);
                delayed.clear();
            }
        }
        delivered.addAll(delayed);
        // What was too far ahead when it came was not taken, and comes again.
        delivered.addFirst(history.getLast());
        delivered.addAll(history);
        return delivered;
    }

    private static NaiveLedger.Step step(String id, long number, Random random) {
        boolean spend = random.nextInt(3) == 0;
        String currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
        // Now and then an amount of which two do not fit into 64 bits.
        long amount = random.nextInt(100) == 0 ? Long.MAX_VALUE - random.nextInt(1_000) : 1 + random.nextInt(1_000);
        return new NaiveLedger.Step(id, number, spend, currency, amount);
    }

    private static NaiveLedger.Step fork(NaiveLedger.Step original, Random random) {
        return step("fork-" + random.nextInt(Integer.MAX_VALUE), original.number(), random);
    }

    private static NumberedCommand command(NaiveLedger.Step step) {
        List<Money> amounts = List.of(new Money(new Currency(step.currency()), step.amount()));
        return Commands.numbered(step.id(), step.number(), step.spend() ? new Spend(amounts) : new Credit(amounts));
    }
}
