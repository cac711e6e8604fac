package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Snapshot.AwardRow;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.bench.verify.WalletRecount.Step;
import io.fanfare.events.RewardGranted;
import io.fanfare.events.WalletCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A reward that is a credit and that no play won is told on its topic, and has one command with its amount in the wallet that redeemed
 * or earned it, which has carried it out. No other command pays a reward.
 */
final class RewardsArePaid {

    private static final String REASON = "reward";

    private final Map<Ref, RewardRow> credits;
    private final Map<Ref, RewardGranted> granted = new HashMap<>();
    private final Map<Ref, RedemptionRow> redemptions;
    private final Map<Ref, AwardRow> awards;
    private final Map<Ref, List<WalletCommand>> commands;
    private final Map<Wallet, ToldOutcomes> told;
    private final Findings findings;

    private RewardsArePaid(
            Snapshot snapshot, Map<Wallet, ToldOutcomes> told, Map<Wallet, Recounted> recounted, Findings findings) {
        this.credits = byReward(
                snapshot.rewards().stream()
                        .filter(reward -> !reward.isOfPlay() && !reward.credit().isEmpty()),
                RewardRow::id);
        this.redemptions = byReward(
                snapshot.sagas().redemptions().stream()
                        .filter(redemption ->
                                credits.containsKey(redemption.unit().reward())),
                redemption -> redemption.unit().reward());
        this.awards = byReward(
                snapshot.sagas().awards().stream().filter(award -> credits.containsKey(award.rewardRef())),
                AwardRow::rewardRef);
        this.commands = recounted.values().stream()
                .flatMap(wallet -> wallet.steps().stream())
                .map(Step::command)
                .filter(command -> command.getCause().getReason().equals(REASON))
                .collect(groupingBy(RewardsArePaid::reward));
        this.told = told;
        this.findings = findings;
    }

    static void check(
            Snapshot snapshot,
            Published published,
            Map<Wallet, ToldOutcomes> told,
            Map<Wallet, Recounted> recounted,
            Findings findings) {
        var check = new RewardsArePaid(snapshot, told, recounted, findings);
        published.rewards().forEach(check::learn);
        check.credits.values().forEach(reward -> {
            check.told(reward);
            check.paid(reward);
        });
        check.nothingElseIsPaid(snapshot);
        findings.saw(check.credits.size());
        if (!check.credits.isEmpty()) {
            findings.note("%d credits that no play won".formatted(check.credits.size()));
        }
    }

    private static <T> Map<Ref, T> byReward(Stream<T> rows, Function<T, Ref> reward) {
        return rows.collect(toMap(reward, Function.identity(), (first, _) -> first));
    }

    private void learn(Fact<SpecificRecord> fact) {
        if (fact.value() instanceof RewardGranted reward && reward.getCurrency() != null) {
            var id = new Ref(reward.getTenantId(), reward.getRewardId());
            RewardGranted first = granted.putIfAbsent(id, reward);
            if (first != null && !first.equals(reward)) {
                findings.violated("%s: reward %s is not what it was told to be before".formatted(fact.place(), id));
            }
        }
    }

    private void told(RewardRow reward) {
        RewardGranted fact = granted.get(reward.id());
        boolean isSame = fact != null
                && fact.getPlayerId().equals(reward.player().id())
                && fact.getPrizeId().equals(reward.prize())
                && fact.getType().equals(reward.type())
                && fact.getQuantity() == reward.quantity()
                && fact.getValue() == reward.value()
                && reward.credit().containsKey(fact.getCurrency());
        if (!isSame) {
            findings.violated("reward %s of %s is a credit of %s, and its topic tells of %s"
                    .formatted(reward.id(), reward.player(), reward.credit(), fact));
        }
    }

    private void paid(RewardRow reward) {
        List<WalletCommand> paying = commands.getOrDefault(reward.id(), List.of());
        if (paying.size() != 1) {
            findings.violated("reward %s is a credit of %s, and has %d commands: %s"
                    .formatted(
                            reward.id(),
                            reward.credit(),
                            paying.size(),
                            paying.stream().map(RewardsArePaid::name).toList()));
            return;
        }
        WalletCommand command = paying.getFirst();
        if (!WinsArePaid.amounts(command).equals(reward.credit())) {
            findings.violated("reward %s is a credit of %s; %s pays %s"
                    .formatted(reward.id(), reward.credit(), name(command), WinsArePaid.amounts(command)));
        }
        RedemptionRow redemption = redemptions.get(reward.id());
        Wallet right = wallet(reward, redemption);
        if (right == null) {
            findings.violated("reward %s was neither won nor redeemed nor earned, and %s pays it"
                    .formatted(reward.id(), name(command)));
        } else if (!WalletRecount.wallet(command).equals(right)) {
            findings.violated(
                    "reward %s goes into wallet %s, and %s pays it".formatted(reward.id(), right, name(command)));
        }
        if (redemption != null && !Objects.equals(redemption.credit(), command.getSequence())) {
            findings.violated("redemption %s says that command %d pays it, and %s does"
                    .formatted(redemption.id(), redemption.credit(), name(command)));
        }
        carriedOut(reward, command);
    }

    /** The one that redeemed it, or in which it was earned; null where nothing tells how it came to be. */
    private @Nullable Wallet wallet(RewardRow reward, @Nullable RedemptionRow redemption) {
        AwardRow award = awards.get(reward.id());
        if (redemption != null) {
            return redemption.wallet();
        }
        return award == null ? null : award.wallet();
    }

    private void carriedOut(RewardRow reward, WalletCommand command) {
        Wallet wallet = WalletRecount.wallet(command);
        String refusal = told.getOrDefault(wallet, ToldOutcomes.NONE).refusal(command.getSequence());
        if (refusal != null) {
            findings.violated("reward %s is a credit of %s, and wallet %s refused its command %d: %s"
                    .formatted(reward.id(), reward.credit(), wallet, command.getSequence(), refusal));
        }
    }

    /** A command that the tables had then had its reward there too; of what came later, the topic tells. */
    private void nothingElseIsPaid(Snapshot snapshot) {
        Map<Ref, WalletCommand> others = commands.values().stream()
                .flatMap(List::stream)
                .filter(command -> !credits.containsKey(reward(command)))
                .collect(toMap(RewardsArePaid::id, Function.identity(), (first, _) -> first));
        Set<Ref> committed = snapshot.commands().stream()
                .map(CommandRow::id)
                .filter(others::containsKey)
                .collect(toSet());
        others.forEach((id, command) -> {
            if (committed.contains(id) || !granted.containsKey(reward(command))) {
                findings.violated("%s pays reward %s, and nobody was granted such a credit"
                        .formatted(name(command), reward(command)));
            }
        });
    }

    private static Ref reward(WalletCommand command) {
        return new Ref(command.getTenantId(), command.getCause().getRefId());
    }

    private static Ref id(WalletCommand command) {
        return new Ref(command.getTenantId(), command.getCommandId());
    }

    private static String name(WalletCommand command) {
        return "command %d of wallet %s".formatted(command.getSequence(), WalletRecount.wallet(command));
    }
}
