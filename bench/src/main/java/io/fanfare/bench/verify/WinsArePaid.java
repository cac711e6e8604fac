package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.bench.verify.WalletRecount.Step;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletCreditEach;
import io.fanfare.events.WalletCreditOnTerms;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A play that wins points has one command with all of them, which its wallet has carried out. No other command pays a play. */
final class WinsArePaid {

    private static final String REASON = "play";

    private final Map<Ref, PlayCompleted> plays = new HashMap<>();
    private final Map<Wallet, ToldOutcomes> told;
    private final Map<Wallet, Recounted> recounted;
    private final Findings findings;

    private WinsArePaid(
            Published published, Map<Wallet, ToldOutcomes> told, Map<Wallet, Recounted> recounted, Findings findings) {
        for (Fact<PlayCompleted> fact : published.plays()) {
            PlayCompleted play = fact.value();
            if (play != null) {
                plays.put(new Ref(play.getTenantId(), play.getPlayId()), play);
            }
        }
        this.told = told;
        this.recounted = recounted;
        this.findings = findings;
    }

    static void check(
            Snapshot snapshot,
            Published published,
            Map<Wallet, ToldOutcomes> told,
            Map<Wallet, Recounted> recounted,
            Findings findings) {
        var check = new WinsArePaid(published, told, recounted, findings);
        snapshot.plays().forEach(check::paid);
        check.paidOnce();
    }

    /** What a command pays, by currency. */
    static Map<String, Long> amounts(WalletCommand command) {
        Stream<WalletAmount> amounts = switch (command.getAction()) {
            case WalletCredit credit -> credit.getAmounts().stream();
            case WalletCreditOnTerms credit -> credit.getAmounts().stream();
            case WalletCreditEach each -> each.getCredits().stream().flatMap(credit -> credit.getAmounts().stream());
            default -> Stream.of();
        };
        return amounts.collect(toMap(WalletAmount::getCurrency, WalletAmount::getAmount, Math::addExact));
    }

    private void paid(PlayRow row) {
        PlayCompleted play = plays.get(row.id());
        Map<String, Long> won = play == null ? Map.of() : won(play);
        Wallet wallet = row.wallet();
        Long number = row.walletNumber();
        if (wallet == null || number == null) {
            if (!won.isEmpty()) {
                findings.violated("play %s won %s and credits no wallet".formatted(row.id(), won));
            }
            return;
        }
        WalletCommand command = command(wallet, number);
        if (command == null
                || !command.getCause().getRefId().equals(row.id().id())
                || !amounts(command).equals(won)) {
            findings.violated(
                    "play %s won %s; command %d of wallet %s is %s".formatted(row.id(), won, number, wallet, command));
        }
        String refusal = told.getOrDefault(wallet, ToldOutcomes.NONE).refusal(number);
        if (refusal != null) {
            findings.violated("play %s won %s, and wallet %s refused its command %d: %s"
                    .formatted(row.id(), won, wallet, number, refusal));
        }
    }

    private @Nullable WalletCommand command(Wallet wallet, long number) {
        List<Step> steps = recounted.getOrDefault(wallet, Recounted.NOTHING).steps();
        return number > steps.size()
                ? null
                : steps.get(Math.toIntExact(number) - 1).command();
    }

    private static Map<String, Long> won(PlayCompleted play) {
        Map<String, Long> won = new HashMap<>();
        for (PlayReward reward : play.getRewards()) {
            long credit = Math.multiplyExact(reward.getQuantity(), reward.getValue());
            if (reward.getCurrency() != null && credit > 0) {
                won.merge(reward.getCurrency(), credit, Math::addExact);
            }
        }
        return won;
    }

    private void paidOnce() {
        Set<Ref> paid = new HashSet<>();
        Stream<Step> steps = recounted.values().stream().flatMap(wallet -> wallet.steps().stream());
        steps.map(Step::command)
                .filter(command -> command.getCause().getReason().equals(REASON))
                .forEach(command -> {
                    var play = new Ref(command.getTenantId(), command.getCause().getRefId());
                    if (!paid.add(play)) {
                        findings.violated("play %s has more than one command".formatted(play));
                    }
                    PlayCompleted of = plays.get(play);
                    if (of == null || won(of).isEmpty()) {
                        findings.violated("command %s credits play %s, which %s"
                                .formatted(command.getCommandId(), play, of == null ? "is not there" : "won nothing"));
                    }
                });
    }
}
