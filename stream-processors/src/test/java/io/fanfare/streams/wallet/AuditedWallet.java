package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Holding;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.NaiveLedger;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.events.ConfiguredMilestone;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.SettledEntry;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletSettled;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;

/** One wallet of a history: what is delivered to it, what the naive ledger says of that, and what the world was told. */
final class AuditedWallet {

    private final WalletId id;
    private final RestartingWallets wallets;
    private final NaiveLedger naive = new NaiveLedger();
    private final Deque<NumberedCommand> undelivered;
    private final List<String> wrong;
    private final Map<String, String> outcomes = new HashMap<>();
    private final Map<String, BigInteger> books = new HashMap<>();
    private final List<String> entries = new ArrayList<>();
    private final List<String> newEntries = new ArrayList<>();
    private final List<String> milestones = new ArrayList<>();

    /** @param wrong where it says what is wrong */
    AuditedWallet(WalletId id, RestartingWallets wallets, List<NumberedCommand> delivery, List<String> wrong) {
        this.id = id;
        this.wallets = wallets;
        this.undelivered = new ArrayDeque<>(delivery);
        this.wrong = wrong;
    }

    WalletId id() {
        return id;
    }

    boolean awaitsCommands() {
        return !undelivered.isEmpty();
    }

    void deliverNext() {
        NumberedCommand command = undelivered.removeFirst();
        wallets.deliver(id, command);
        String right = naive.receive(command);
        String step = "after %s for %s".formatted(command, id);
        equal(step + ", told", told(command), right.endsWith("Parked") ? List.of() : List.of(right));
        wallets.milestones().forEach(reached -> {
            equal(step + ", milestone of", RestartingWallets.walletOf(reached), id);
            hear(reached);
        });
        compare(step);
    }

    /** Time has passed without a command; while one is missing, it has not for this wallet. */
    void settle(Instant until) {
        if (!naive.missesOne()) {
            naive.settle(until);
        }
    }

    /** The world was told something of it that is no answer to a command. */
    void hear(SpecificRecord told) {
        if (told instanceof MilestoneReached reached) {
            milestones.add(reached.getMilestoneId());
        } else {
            enter(told);
        }
    }

    WalletState state() {
        return wallets.wallet(id);
    }

    /** What the wallet is, and what was told of it since the last time, against the naive ledger. */
    void compare(String step) {
        WalletState wallet = state();
        equal(step + ", applied", wallet.appliedSequence(), naive.applied());
        equal(step + ", wallet", NaiveLedger.picture(wallet), naive.picture());
        equal(step + ", entries", newEntries.stream().sorted().toList(), naive.entries());
        newEntries.clear();
        wallet.holdings().forEach((currency, holding) -> equal(step + ", book", book(currency), bookOf(holding)));
        equal(step + ", milestones", milestones.stream().sorted().toList(), milestonesReached());
    }

    private List<String> milestonesReached() {
        BigInteger earned = naive.mostEarned(RestartingWallets.MILESTONES_CURRENCY);
        return RestartingWallets.milestonesOf(id).stream()
                .filter(milestone -> earned.compareTo(BigInteger.valueOf(milestone.getThreshold())) >= 0)
                .map(ConfiguredMilestone::getMilestoneId)
                .sorted()
                .toList();
    }

    /** At the end of its history everything was applied, and its ledger shows all that was ever told. */
    void compareLedger(int commands) {
        equal("at the end, applied for " + id, naive.applied(), (long) commands);
        equal(
                "at the end, ledger of " + id,
                wallets.ledger(id).stream().map(AuditedWallet::inWords).sorted().toList(),
                entries.stream().sorted().toList());
    }

    /** What the world is told of a command, in the words of the naive ledger; what it is told besides goes into the books. */
    private List<String> told(NumberedCommand command) {
        List<String> told = new ArrayList<>(Collections.nCopies(wallets.deadLetters(), "TooFarAhead"));
        for (TestRecord<String, SpecificRecord> record : wallets.told()) {
            SpecificRecord value = record.value();
            String commandId = commandOf(value);
            if (!RestartingWallets.walletOf(value).equals(id)) {
                told.add("Something of " + RestartingWallets.walletOf(value));
            } else if (record.headers().lastHeader(OutcomeRecord.REPEATED) != null) {
                told.add(
                        value.toString().equals(outcomes.get(commandId)) ? "Duplicate" : "Another outcome than before");
            } else {
                enter(value);
                outcomes.put(commandId, value.toString());
                if (commandId.equals(command.id().value())) {
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
                List<Lot> lots = entry.getLots().stream()
                        .map(lot -> new Lot(lot.getExpiresAt(), lot.getAmount()))
                        .toList();
                enter(entry.getCurrency(), entry.getAccount(), entry.getCounterAccount(), entry.getAmount(), lots);
            }
        } else if (told instanceof WalletSettled settled) {
            for (SettledEntry entry : settled.getEntries()) {
                List<Lot> lots = entry.getLots().stream()
                        .map(lot -> new Lot(lot.getExpiresAt(), lot.getAmount()))
                        .toList();
                enter(entry.getCurrency(), entry.getAccount(), entry.getCounterAccount(), entry.getAmount(), lots);
            }
        }
    }

    private void enter(String currency, String account, String counterAccount, long amount, List<Lot> lots) {
        books.merge(currency + " " + account, BigInteger.valueOf(amount), BigInteger::add);
        books.merge(currency + " " + counterAccount, BigInteger.valueOf(amount), BigInteger::add);
        String entry = NaiveLedger.entry(currency, account, counterAccount, amount, lots);
        entries.add(entry);
        newEntries.add(entry);
    }

    private static String inWords(LedgerLine line) {
        return NaiveLedger.entry(
                line.entry().currency().code(),
                line.entry().account().account(),
                line.entry().counterAccount().account(),
                line.entry().amount(),
                line.entry().lots());
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
}
