package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Later.Award;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What wallets say ends what waits for them, and ends it that way: nothing that was under way in the snapshot is so still when all
 * that was said of it has been read, and the tables know no other outcome than the topic.
 */
final class SagasEnd {

    static final String NAME = "sagas end";

    /** Between two steps of a transfer is one wallet; whatever has stood still for longer stands still for ever. */
    private static final Duration TRANSFER = Duration.ofMinutes(1);

    private SagasEnd() {}

    /** What a wallet said of a command. */
    private record Word(@Nullable String refusal) {

        static @Nullable Word of(@Nullable Fact<SpecificRecord> fact) {
            return switch (fact == null ? null : fact.value()) {
                case WalletPosted _ -> new Word(null);
                case WalletRefused refused -> new Word(refused.getRefusal());
                case null, default -> null;
            };
        }

        boolean isAccepted() {
            return refusal == null;
        }

        String told() {
            return refusal == null ? "accepted" : "refused (%s)".formatted(refusal);
        }
    }

    /** How many there are: commands that somebody waits for or waited for, redemptions, transfers, milestones that were reached. */
    static long count(Snapshot snapshot, Published published) {
        long awaited = snapshot.commands().stream()
                .filter(command -> command.outcome() != null)
                .count();
        return awaited
                + snapshot.sagas().redemptions().size()
                + snapshot.sagas().transfers().size()
                + published.milestones().size();
    }

    static Check check(Snapshot snapshot, Published published, Later later) {
        UnderWay still = later.still();
        var findings = new Findings(5, NAME);
        Map<Wallet, ToldOutcomes> told = ToldOutcomes.of(published, _ -> {});
        commands(snapshot, told, still, findings);
        redemptions(snapshot, published, told, still, findings);
        transfers(snapshot, still, findings);
        milestones(published, later.awards(), findings);
        findings.saw(count(snapshot, published));
        UnderWay before = UnderWay.in(snapshot);
        findings.note(
                "%d redemptions, %d transfers, %d milestones reached; %d redemptions and %d transfers were under way"
                        .formatted(
                                snapshot.sagas().redemptions().size(),
                                snapshot.sagas().transfers().size(),
                                published.milestones().size(),
                                before.redemptions().size(),
                                before.transfers().size()));
        return findings.result();
    }

    private static @Nullable Word word(Map<Wallet, ToldOutcomes> told, Wallet wallet, long number) {
        return Word.of(told.getOrDefault(wallet, ToldOutcomes.NONE).outcomes().get(number));
    }

    private static void commands(Snapshot snapshot, Map<Wallet, ToldOutcomes> told, UnderWay still, Findings findings) {
        for (CommandRow command : snapshot.commands()) {
            if (still.commands().contains(command.id())) {
                findings.violated("command %d of wallet %s still waits for its outcome"
                        .formatted(command.number(), command.wallet()));
            }
            String outcome = command.outcome();
            if (outcome == null || outcome.equals("awaited")) {
                continue;
            }
            var known = new Word(outcome.equals("posted") ? null : String.valueOf(command.refusal()));
            Word said = word(told, command.wallet(), command.number());
            if (!known.equals(said)) {
                findings.violated("command %d of wallet %s is kept as %s, and the wallet said %s"
                        .formatted(
                                command.number(),
                                command.wallet(),
                                known.told(),
                                said == null ? "nothing" : said.told()));
            }
        }
    }

    private static void redemptions(
            Snapshot snapshot, Published published, Map<Wallet, ToldOutcomes> told, UnderWay still, Findings findings) {
        Map<Wallet, Map<Long, WalletCommand>> commands = new HashMap<>();
        for (Fact<WalletCommand> fact : published.commands()) {
            WalletCommand command = fact.value();
            if (command != null) {
                commands.computeIfAbsent(WalletRecount.wallet(command), _ -> new HashMap<>())
                        .putIfAbsent(command.getSequence(), command);
            }
        }
        Set<Ref> unasked = reservedUnasked(snapshot, published);
        for (RedemptionRow redemption : snapshot.sagas().redemptions()) {
            WalletCommand command =
                    commands.getOrDefault(redemption.wallet(), Map.of()).get(redemption.number());
            if (command == null
                    || !command.getCause().getRefId().equals(redemption.id().id())) {
                findings.violated("redemption %s waits for command %d of wallet %s, which is %s"
                        .formatted(redemption.id(), redemption.number(), redemption.wallet(), command));
            }
            if (still.redemptions().contains(redemption.id())) {
                findings.violated("redemption %s of %s is still pending"
                        .formatted(redemption.id(), redemption.unit().at()));
            }
            if (!redemption.isPending()) {
                ended(redemption, word(told, redemption.wallet(), redemption.number()), unasked, findings);
            }
        }
    }

    private static void ended(RedemptionRow redemption, @Nullable Word said, Set<Ref> unasked, Findings findings) {
        boolean isRight = redemption.isGranted()
                ? (said != null && said.isAccepted())
                        || unasked.contains(redemption.unit().reward())
                : said != null && !said.isAccepted() && said.equals(new Word(redemption.refusal()));
        if (!isRight) {
            findings.violated("redemption %s is %s, and the wallet said %s"
                    .formatted(
                            redemption.id(),
                            redemption.isGranted() ? "granted" : "refused (%s)".formatted(redemption.refusal()),
                            said == null ? "nothing" : said.told()));
        }
    }

    /** The rewards of what the wallets app found to be earned; it may have been granted with what a redemption had set aside. */
    private static Set<Ref> reservedUnasked(Snapshot snapshot, Published published) {
        Set<Award> reached = published.milestones().stream()
                .flatMap(fact -> Stream.ofNullable(fact.value()))
                .map(SagasEnd::award)
                .collect(toSet());
        return snapshot.sagas().awards().stream()
                .filter(award -> reached.contains(new Award(award.player(), award.subject())))
                .flatMap(award -> Stream.ofNullable(award.reward())
                        .map(reward -> new Ref(award.id().tenant(), reward)))
                .collect(toSet());
    }

    private static Award award(MilestoneReached milestone) {
        return new Award(
                new Ref(milestone.getTenantId(), milestone.getPlayerId()),
                "%s/%s/%s".formatted(milestone.getScopeKey(), milestone.getGameId(), milestone.getMilestoneId()));
    }

    /** What was earned and told by then has been decided: awarded, or told to operators as unawarded. */
    private static void milestones(Published published, Set<Award> awards, Findings findings) {
        for (Fact<MilestoneReached> fact : published.milestones()) {
            MilestoneReached milestone = fact.value();
            if (milestone != null && published.isDrained(fact) && !awards.contains(award(milestone))) {
                findings.violated("%s: %s has reached milestone %s, and nothing came of it"
                        .formatted(
                                fact.place(),
                                award(milestone).player(),
                                award(milestone).subject()));
            }
        }
    }

    private static void transfers(Snapshot snapshot, UnderWay still, Findings findings) {
        Instant old = snapshot.takenAt().minus(TRANSFER);
        for (TransferRow transfer : snapshot.sagas().transfers()) {
            if (transfer.status().equals("stranded")) {
                findings.violated("transfer %s is stranded: neither %s nor %s has the amount"
                        .formatted(transfer.id(), transfer.from(), transfer.to()));
            } else if (transfer.at().isBefore(old) && still.transfers().contains(transfer.id())) {
                findings.violated(
                        "transfer %s is %s since %s".formatted(transfer.id(), transfer.status(), transfer.at()));
            }
        }
    }
}
