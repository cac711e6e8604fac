package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.LastNumber;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.WalletRecount.Posting;
import io.fanfare.bench.verify.WalletRecount.Step;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A play that wins points has exactly one command, each command exactly one outcome, in order; entries are what the commands
 * call for, sum to their balances, and no balance is below zero.
 */
final class LedgerAddsUp {

    private LedgerAddsUp() {}

    static Check check(Snapshot snapshot, Published published) {
        var findings = new Findings(5, "ledger adds up");
        Map<Wallet, List<Step>> steps = WalletRecount.of(published.commands());
        credits(snapshot, published, steps, findings);
        numbers(snapshot, findings);
        Map<Wallet, SequencedMap<Long, Fact<SpecificRecord>>> outcomes = outcomes(published, findings);
        settled(snapshot, outcomes, findings);
        var books = new Books();
        outcomes.forEach((wallet, told) -> walk(wallet, told, steps.getOrDefault(wallet, List.of()), books, findings));
        books.close(findings);
        findings.saw(published.entries().size());
        findings.note("%d wallets".formatted(outcomes.size()));
        return findings.result();
    }

    /** What was issued, spent and is there, over all wallets. */
    private static final class Books {
        private final Map<String, Long> counterAccounts = new TreeMap<>();
        private final Map<String, Long> balances = new TreeMap<>();

        void post(String currency, String counterAccount, long amount) {
            counterAccounts.merge(currency + " " + counterAccount, amount, Math::addExact);
            counterAccounts.merge(currency, amount, Math::addExact);
        }

        void hold(String currency, long balance) {
            balances.merge(currency, balance, Math::addExact);
        }

        void close(Findings findings) {
            balances.forEach((currency, held) -> {
                long posted = counterAccounts.getOrDefault(currency, 0L);
                if (posted != held) {
                    findings.violated("wallets hold %d %s, entries sum to %d".formatted(held, currency, posted));
                }
                findings.note("%d %s issued, %d spent, %d held"
                        .formatted(
                                counterAccounts.getOrDefault(currency + " issuance", 0L),
                                currency,
                                -counterAccounts.getOrDefault(currency + " redemption", 0L),
                                held));
            });
        }
    }

    private static void credits(
            Snapshot snapshot, Published published, Map<Wallet, List<Step>> steps, Findings findings) {
        Map<Ref, PlayCompleted> plays = new HashMap<>();
        for (Fact<PlayCompleted> fact : published.plays()) {
            PlayCompleted play = fact.value();
            if (play != null) {
                plays.put(new Ref(play.getTenantId(), play.getPlayId()), play);
            }
        }
        for (PlayRow row : snapshot.plays()) {
            PlayCompleted play = plays.get(row.id());
            Map<String, Long> won = play == null ? Map.of() : credited(play);
            Wallet wallet = row.wallet();
            if (wallet == null || row.walletNumber() == null) {
                if (!won.isEmpty()) {
                    findings.violated("play %s won %s and credits no wallet".formatted(row.id(), won));
                }
                continue;
            }
            List<Step> ofWallet = steps.getOrDefault(wallet, List.of());
            WalletCommand command = row.walletNumber() > ofWallet.size()
                    ? null
                    : ofWallet.get(Math.toIntExact(row.walletNumber()) - 1).command();
            if (command == null
                    || !command.getCause().getRefId().equals(row.id().id())
                    || !amounts(command).equals(won)) {
                findings.violated("play %s won %s; command %d of wallet %s is %s"
                        .formatted(row.id(), won, row.walletNumber(), wallet, command));
            }
        }
        Set<Ref> credited = new HashSet<>();
        steps.values().stream().flatMap(List::stream).map(Step::command).forEach(command -> {
            boolean isOfPlay = command.getCause().getReason().equals("play");
            var play = new Ref(command.getTenantId(), command.getCause().getRefId());
            if (isOfPlay && !credited.add(play)) {
                findings.violated("play %s has more than one command".formatted(play));
            }
            if (isOfPlay && !plays.containsKey(play)) {
                findings.violated(
                        "command %s credits play %s, which is not there".formatted(command.getCommandId(), play));
            }
        });
    }

    private static Map<String, Long> credited(PlayCompleted play) {
        Map<String, Long> won = new HashMap<>();
        for (PlayReward reward : play.getRewards()) {
            long credit = Math.multiplyExact(reward.getQuantity(), reward.getValue());
            if (reward.getCurrency() != null && credit > 0) {
                won.merge(reward.getCurrency(), credit, Math::addExact);
            }
        }
        return won;
    }

    private static Map<String, Long> amounts(WalletCommand command) {
        return command.getAction() instanceof WalletCredit credit
                ? credit.getAmounts().stream()
                        .collect(toMap(WalletAmount::getCurrency, WalletAmount::getAmount, Math::addExact))
                : Map.of();
    }

    private static void numbers(Snapshot snapshot, Findings findings) {
        Map<String, Long> commands = new HashMap<>();
        snapshot.commands()
                .forEach(command -> commands.merge(
                        command.wallet().owner() + " wallet:" + command.wallet().scope(), 1L, Long::sum));
        for (LastNumber last : snapshot.lastNumbers()) {
            long there = commands.getOrDefault(last.player() + " " + last.stream(), 0L);
            if (last.stream().startsWith("wallet:") && there != last.number()) {
                findings.violated("%s has %d commands in %s, and %d numbers were given out"
                        .formatted(last.player(), there, last.stream(), last.number()));
            }
        }
    }

    /** The first outcome of each number; a further one must be marked as repeated, and be the same. */
    private static Map<Wallet, SequencedMap<Long, Fact<SpecificRecord>>> outcomes(
            Published published, Findings findings) {
        Map<Wallet, SequencedMap<Long, Fact<SpecificRecord>>> outcomes = new HashMap<>();
        for (Fact<SpecificRecord> fact : published.entries()) {
            Outcome outcome = outcome(fact.value());
            if (outcome == null) {
                findings.violated("%s: nobody can read it".formatted(fact.place()));
                continue;
            }
            if (fact.value() instanceof WalletRefused refused
                    && refused.getRefusal().equals("FORKED")) {
                findings.violated("%s: wallet %s is forked at number %d: %s"
                        .formatted(fact.place(), outcome.wallet(), outcome.number(), refused.getDetail()));
                continue;
            }
            SequencedMap<Long, Fact<SpecificRecord>> told =
                    outcomes.computeIfAbsent(outcome.wallet(), _ -> new LinkedHashMap<>());
            Fact<SpecificRecord> first = told.get(outcome.number());
            if (first == null) {
                long previous = told.isEmpty() ? 0 : told.lastEntry().getKey();
                if (outcome.number() != previous + 1) {
                    findings.violated("%s: outcome %d of wallet %s follows %d"
                            .formatted(fact.place(), outcome.number(), outcome.wallet(), previous));
                }
                told.put(outcome.number(), fact);
            } else if (!fact.isRepeated()) {
                findings.violated("%s: command %d of wallet %s was settled before, at %s"
                        .formatted(fact.place(), outcome.number(), outcome.wallet(), first.place()));
            } else if (!fact.payload().equals(first.payload())) {
                findings.violated("%s: outcome %d of wallet %s is not what it was at %s"
                        .formatted(fact.place(), outcome.number(), outcome.wallet(), first.place()));
            }
        }
        return outcomes;
    }

    private record Outcome(Wallet wallet, long number) {}

    private static @Nullable Outcome outcome(@Nullable SpecificRecord value) {
        return switch (value) {
            case WalletPosted posted ->
                new Outcome(
                        new Wallet(posted.getTenantId(), posted.getScopeKey(), posted.getPlayerId()),
                        posted.getSequence());
            case WalletRefused refused ->
                new Outcome(
                        new Wallet(refused.getTenantId(), refused.getScopeKey(), refused.getPlayerId()),
                        refused.getSequence());
            case null, default -> null;
        };
    }

    private static void settled(
            Snapshot snapshot, Map<Wallet, SequencedMap<Long, Fact<SpecificRecord>>> outcomes, Findings findings) {
        snapshot.commands().forEach(row -> {
            if (!outcomes.getOrDefault(row.wallet(), new LinkedHashMap<>()).containsKey(row.number())) {
                findings.violated("command %d of wallet %s has no outcome".formatted(row.number(), row.wallet()));
            }
        });
    }

    private static void walk(
            Wallet wallet,
            SequencedMap<Long, Fact<SpecificRecord>> told,
            List<Step> steps,
            Books books,
            Findings findings) {
        Map<String, Long> balances = new HashMap<>();
        told.forEach((number, fact) -> {
            List<Posting> postings = postings(fact.value());
            for (Posting posting : postings) {
                long sum = Math.addExact(balances.getOrDefault(posting.currency(), 0L), posting.amount());
                if (sum != posting.balanceAfter() || sum < 0) {
                    findings.violated("%s: entries of wallet %s sum to %d %s, its balance says %d"
                            .formatted(fact.place(), wallet, sum, posting.currency(), posting.balanceAfter()));
                }
                balances.put(posting.currency(), posting.balanceAfter());
                books.post(posting.currency(), posting.counterAccount(), posting.amount());
            }
            Step step = number > steps.size() ? null : steps.get(Math.toIntExact(number) - 1);
            if (step == null) {
                findings.violated("%s: outcome %d of wallet %s has no command".formatted(fact.place(), number, wallet));
            } else if (!Objects.equals(commandId(fact.value()), step.command().getCommandId())
                    || !postings.equals(step.postings())
                    || step.isPosted() != (fact.value() instanceof WalletPosted)) {
                findings.violated("%s: command %d of wallet %s calls for %s, and there is %s"
                        .formatted(
                                fact.place(),
                                number,
                                wallet,
                                step.isPosted() ? step.postings() : "a refusal",
                                fact.value()));
            }
        });
        balances.forEach(books::hold);
    }

    private static List<Posting> postings(@Nullable SpecificRecord value) {
        return value instanceof WalletPosted posted
                ? posted.getEntries().stream()
                        .map(entry -> new Posting(
                                entry.getCurrency(),
                                entry.getAmount(),
                                entry.getCounterAccount(),
                                entry.getBalanceAfter()))
                        .toList()
                : List.of();
    }

    private static @Nullable String commandId(@Nullable SpecificRecord value) {
        return switch (value) {
            case WalletPosted posted -> posted.getCommandId();
            case WalletRefused refused -> refused.getCommandId();
            case null, default -> null;
        };
    }
}
