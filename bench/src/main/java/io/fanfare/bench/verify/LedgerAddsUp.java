package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Snapshot.LastNumber;
import io.fanfare.bench.verify.WalletRecount.Passed;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.bench.verify.WalletRecount.Step;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletSettled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is won is paid; each command has exactly one outcome, in order; entries are what the commands call for, sum to their balances,
 * and no balance is below zero. Milestones that come unasked are told when they are earned.
 */
final class LedgerAddsUp {

    private LedgerAddsUp() {}

    static Check check(Snapshot snapshot, Published published) {
        var findings = new Findings(5, "ledger adds up");
        Map<Wallet, ToldOutcomes> told = ToldOutcomes.of(published, findings::violated);
        Map<Wallet, Recounted> recounted = WalletRecount.of(published.commands(), ToldOutcomes.settlements(told));
        WinsArePaid.check(snapshot, published, told, recounted, findings);
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
        RewardsArePaid.check(snapshot, published, told, recounted, findings);
        MilestonesAreTold.check(published, told, recounted, findings);
        return findings.result();
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
