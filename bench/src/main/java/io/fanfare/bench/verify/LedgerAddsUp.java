package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.LastNumber;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.WalletRecount.Passed;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.bench.verify.WalletRecount.Step;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletCreditEach;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletSettled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A play that wins points has exactly one command, each command exactly one outcome, in order; entries are what the commands
 * call for, sum to their balances, and no balance is below zero. Milestones that come unasked are told when they are earned.
 */
final class LedgerAddsUp {

    private LedgerAddsUp() {}

    static Check check(Snapshot snapshot, Published published) {
        var findings = new Findings(5, "ledger adds up");
        Map<Wallet, ToldOutcomes> told = ToldOutcomes.of(published, findings::violated);
        Map<Wallet, Recounted> recounted = WalletRecount.of(published.commands(), ToldOutcomes.settlements(told));
        credits(snapshot, published, recounted, findings);
        numbers(snapshot, findings);
        settled(snapshot, told, findings);
        long[] settlements = {0};
        told.forEach((wallet, outcomes) -> {
            balances(wallet, outcomes, findings);
            Recounted right = recounted.getOrDefault(wallet, Recounted.NOTHING);
            outcomes(wallet, outcomes, right.steps(), findings);
            settlements(wallet, outcomes, right.passed(), findings);
            settlements[0] += outcomes.settlements().size();
        });
        findings.saw(published.entries().size());
        findings.note("%d wallets, %d settlements".formatted(told.size(), settlements[0]));
        MilestonesAreTold.check(published, told, recounted, findings);
        return findings.result();
    }

    private static void credits(
            Snapshot snapshot, Published published, Map<Wallet, Recounted> recounted, Findings findings) {
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
            List<Step> ofWallet =
                    recounted.getOrDefault(wallet, Recounted.NOTHING).steps();
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
        Stream<Step> steps = recounted.values().stream().flatMap(wallet -> wallet.steps().stream());
        steps.map(Step::command).forEach(command -> {
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
        Stream<WalletAmount> amounts = switch (command.getAction()) {
            case WalletCredit credit -> credit.getAmounts().stream();
            case WalletCreditOnTerms credit -> credit.getAmounts().stream();
            case WalletCreditEach each -> each.getCredits().stream().flatMap(credit -> credit.getAmounts().stream());
            default -> Stream.of();
        };
        return amounts.collect(toMap(WalletAmount::getCurrency, WalletAmount::getAmount, Math::addExact));
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

    private static void settled(Snapshot snapshot, Map<Wallet, ToldOutcomes> told, Findings findings) {
        snapshot.commands().forEach(row -> {
            if (!told.getOrDefault(row.wallet(), ToldOutcomes.NONE).outcomes().containsKey(row.number())) {
                findings.violated("command %d of wallet %s has no outcome".formatted(row.number(), row.wallet()));
            }
        });
    }

    /** In the order in which they were told. */
    private static void balances(Wallet wallet, ToldOutcomes told, Findings findings) {
        Map<String, Long> balances = new HashMap<>();
        for (Fact<SpecificRecord> fact : told.inOrder()) {
            for (Posting posting : ToldOutcomes.postings(fact.value())) {
                String account = posting.account().equals("available")
                        ? posting.currency()
                        : posting.currency() + " " + posting.account();
                long sum = Math.addExact(balances.getOrDefault(account, 0L), posting.amount());
                if (sum != posting.balanceAfter() || sum < 0) {
                    findings.violated("%s: entries of wallet %s sum to %d %s, its balance says %d"
                            .formatted(fact.place(), wallet, sum, account, posting.balanceAfter()));
                }
                balances.put(account, posting.balanceAfter());
            }
        }
    }

    private static void outcomes(Wallet wallet, ToldOutcomes told, List<Step> steps, Findings findings) {
        told.outcomes().forEach((number, fact) -> {
            Step step = number > steps.size() ? null : steps.get(Math.toIntExact(number) - 1);
            if (step == null) {
                findings.violated("%s: outcome %d of wallet %s has no command".formatted(fact.place(), number, wallet));
            } else if (!isOutcome(step, fact.value())) {
                findings.violated("%s: command %d of wallet %s calls for %s, and there is %s"
                        .formatted(
                                fact.place(),
                                number,
                                wallet,
                                step.isPosted() ? step.postings() : "the refusal " + step.refusal(),
                                fact.value()));
            }
        });
    }

    private static boolean isOutcome(Step step, @Nullable SpecificRecord told) {
        return switch (told) {
            case WalletPosted posted ->
                step.isPosted()
                        && posted.getCommandId().equals(step.command().getCommandId())
                        && ToldOutcomes.postings(posted).equals(step.postings());
            case WalletRefused refused ->
                refused.getCommandId().equals(step.command().getCommandId())
                        && refused.getRefusal().equals(step.refusal());
            case null, default -> false;
        };
    }

    private static void settlements(Wallet wallet, ToldOutcomes told, List<Passed> passed, Findings findings) {
        told.settlements().forEach((number, fact) -> {
            Passed right = number > passed.size() ? null : passed.get(Math.toIntExact(number) - 1);
            if (right == null) {
                findings.violated("%s: settlement %d of wallet %s, and nothing was due: %s"
                        .formatted(fact.place(), number, wallet, fact.value()));
            } else if (!isSettlement(right, fact.value())) {
                findings.violated("%s: settlement %d of wallet %s must be %s, and is %s"
                        .formatted(fact.place(), number, wallet, right, fact.value()));
            }
        });
        passed.stream()
                .filter(right -> right.isForced() && !told.settlements().containsKey(right.number()))
                .filter(right -> right.number() <= told.settlements().size() + 1L)
                .forEach(right -> findings.violated(
                        "settlement %d of wallet %s was never told: %s".formatted(right.number(), wallet, right)));
    }

    private static boolean isSettlement(Passed right, @Nullable SpecificRecord told) {
        return told instanceof WalletSettled settled
                && settled.getOccurredAt().equals(right.at())
                && settled.getReason().equals(right.reason())
                && settled.getRefId().equals(right.ref())
                && ToldOutcomes.postings(settled).equals(right.postings());
    }
}
