package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Holding;
import io.fanfare.engine.wallet.NaiveLedger;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.RandomCommands;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.events.SettledEntry;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletSettled;
import io.fanfare.streams.wallet.RestartingWallets.Bug;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A random history of one wallet in the whole topology: records in, records out, restarts, time that passes without commands.
 * After each step the wallet must be what the naive ledger says, the world must have been told what the ledger says of the
 * command, and what was told must add up to the wallet, as must the sheets.
 */
final class WalletHistory implements AutoCloseable {

    private final Random random;
    private final NaiveLedger naive = new NaiveLedger();
    private final RestartingWallets wallets;
    private final Map<String, String> outcomes = new HashMap<>();
    private final Map<String, BigInteger> books = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long appliedAtStart;

    WalletHistory(long seed, Set<Bug> bugs, Path stateDir) {
        this.random = new Random(seed);
        this.wallets = new RestartingWallets(stateDir, bugs);
    }

    /** What is wrong, or nothing. */
    List<String> run() {
        try {
            for (NumberedCommand delivered : new RandomCommands(random).delivery()) {
                deliver(delivered);
                if (random.nextInt(12) == 0 && naive.applied() > appliedAtStart) {
                    letTimePass();
                }
                if (!wrong.isEmpty()) {
                    return wrong;
                }
                if (random.nextInt(40) == 0) {
                    wallets.restart();
                    appliedAtStart = naive.applied();
                }
            }
        } catch (StreamsException e) {
            wrong.add("the app is broken: " + e);
            return wrong;
        }
        equal("at the end, applied", naive.applied(), (long) RandomCommands.COMMANDS);
        return wrong;
    }

    private void deliver(NumberedCommand command) {
        wallets.deliver(command);
        String right = naive.receive(command);
        String step = "after " + command;
        equal(step + ", told", told(command), right.endsWith("Parked") ? List.of() : List.of(right));
        compare(step);
    }

    /** Long enough that no command can be on its way any more. */
    private void letTimePass() {
        wallets.pass(SettlementHorizon.QUIET.plus(Duration.ofMinutes(1 + random.nextInt(4_000))));
        Instant now = wallets.now();
        naive.settle(now.minus(SettlementHorizon.SLACK));
        wallets.told().forEach(record -> enter(record.value()));
        compare("as of " + now);
    }

    /** What the world is told of a command, in the words of the naive ledger; what it is told of others goes into the books. */
    private List<String> told(NumberedCommand command) {
        List<String> told = new ArrayList<>(Collections.nCopies(wallets.deadLetters(), "TooFarAhead"));
        for (TestRecord<String, SpecificRecord> record : wallets.told()) {
            SpecificRecord value = record.value();
            String id = commandOf(value);
            if (record.headers().lastHeader(OutcomeRecord.REPEATED) != null) {
                told.add(value.toString().equals(outcomes.get(id)) ? "Duplicate" : "Another outcome than before");
            } else {
                enter(value);
                outcomes.put(id, value.toString());
                if (id.equals(command.id().value())) {
                    told.add(word(value));
                }
            }
        }
        return told;
    }

    private static String commandOf(SpecificRecord told) {
        if (told instanceof WalletPosted posted) {
            return posted.getCommandId();
        }
        return told instanceof WalletRefused refused ? refused.getCommandId() : "none";
    }

    private static String word(SpecificRecord told) {
        if (told instanceof WalletRefused refused) {
            return refused.getRefusal().equals(Refusal.FORKED.name()) ? "Forked" : "Refused " + refused.getRefusal();
        }
        return "Posted";
    }

    private void enter(SpecificRecord told) {
        if (told instanceof WalletPosted posted) {
            for (WalletEntry entry : posted.getEntries()) {
                enter(entry.getCurrency(), entry.getAccount(), entry.getCounterAccount(), entry.getAmount());
            }
        } else if (told instanceof WalletSettled settled) {
            for (SettledEntry entry : settled.getEntries()) {
                enter(entry.getCurrency(), entry.getAccount(), entry.getCounterAccount(), entry.getAmount());
            }
        }
    }

    private void enter(String currency, String account, String counterAccount, long amount) {
        books.merge(currency + " " + account, BigInteger.valueOf(amount), BigInteger::add);
        books.merge(currency + " " + counterAccount, BigInteger.valueOf(amount), BigInteger::add);
    }

    private void compare(String step) {
        WalletState wallet = wallets.wallet();
        equal(step + ", applied", wallet.appliedSequence(), naive.applied());
        equal(step + ", wallet", NaiveLedger.picture(wallet), naive.picture());
        wallet.holdings().forEach((currency, holding) -> {
            equal(step + ", book", book(currency), bookOf(holding));
            equal(step + ", sheet", wallets.sheet(currency), BalanceSheet.of(holding));
        });
    }

    /** What was told of a currency, added up by account. */
    private List<BigInteger> book(Currency currency) {
        return Stream.of("available", "held", "pending", "hold", "issuance", "redemption")
                .map(account -> books.getOrDefault(currency + " " + account, BigInteger.ZERO))
                .toList();
    }

    private static List<BigInteger> bookOf(Holding holding) {
        Balance balance = holding.balance();
        return LongStream.of(
                        balance.available(),
                        balance.held(),
                        holding.pending(),
                        0,
                        balance.lifetimeEarned(),
                        -balance.lifetimeSpent())
                .mapToObj(BigInteger::valueOf)
                .toList();
    }

    private void equal(String what, Object there, Object right) {
        if (!there.equals(right)) {
            wrong.add("%s: %s, must be %s".formatted(what, there, right));
        }
    }

    @Override
    public void close() {
        wallets.close();
    }
}
