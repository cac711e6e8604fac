package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.bench.verify.Answers.Line;
import io.fanfare.bench.verify.Answers.RankAnswer;
import io.fanfare.bench.verify.Answers.WalletAnswer;
import io.fanfare.bench.verify.Boards.Board;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.WalletRecount.Passed;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.bench.verify.WalletRecount.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a query answers is what the topics add up to: a wallet has the balances of the number that it says it has applied, and has
 * applied all of the snapshot; a player's own rank is their place in the ranking.
 */
final class QueriesEqualRecount {

    private QueriesEqualRecount() {}

    static Check check(Snapshot snapshot, Published published, Answers answers) {
        var findings = new Findings(9, "queries equal a recount");
        findings.saw(answers.wallets().size() + answers.ranks().size());
        wallets(snapshot, published, answers, findings);
        if (published.isAtRest()) {
            ranks(snapshot, published, answers, findings);
        }
        findings.note("%d wallets of %d players, %d ranks"
                .formatted(
                        answers.wallets().size(),
                        answers.asked().size(),
                        answers.ranks().size()));
        return findings.result();
    }

    private static void wallets(Snapshot snapshot, Published published, Answers answers, Findings findings) {
        Map<Wallet, ToldOutcomes> told = ToldOutcomes.of(published, _ -> {});
        Map<Wallet, Recounted> recounted = WalletRecount.of(published.commands(), ToldOutcomes.settlements(told));
        Set<Ref> asked = new HashSet<>(answers.asked());
        Map<Wallet, Long> committed = new HashMap<>();
        for (CommandRow command : snapshot.commands()) {
            if (asked.contains(command.wallet().owner())) {
                committed.merge(command.wallet(), command.number(), Long::max);
            }
        }
        for (WalletAnswer answer : answers.wallets()) {
            List<Step> ofWallet =
                    recounted.getOrDefault(answer.wallet(), Recounted.NOTHING).steps();
            if (answer.applied() > ofWallet.size()) {
                findings.violated("wallet %s has applied number %d, and %d commands are there"
                        .formatted(answer.wallet(), answer.applied(), ofWallet.size()));
                continue;
            }
            if (answer.applied() < committed.getOrDefault(answer.wallet(), 0L)) {
                findings.violated("wallet %s has applied number %d, and number %d was committed"
                        .formatted(answer.wallet(), answer.applied(), committed.get(answer.wallet())));
            }
            ToldOutcomes outcomes = told.getOrDefault(answer.wallet(), ToldOutcomes.NONE);
            List<Map<String, Balance>> right = right(answer.applied(), ofWallet, outcomes, published);
            if (!right.contains(answer.balances())) {
                findings.violated("wallet %s at number %d has %s, must have %s"
                        .formatted(answer.wallet(), answer.applied(), answer.balances(), right.getLast()));
            }
        }
        Set<Wallet> answered =
                answers.wallets().stream().map(WalletAnswer::wallet).collect(toSet());
        committed.forEach((wallet, number) -> {
            if (!answered.contains(wallet)) {
                findings.violated("wallet %s has %d commands and is not known".formatted(wallet, number));
            }
        });
    }

    /** What a wallet may have at a number: time may have done more to it since it was asked for, not less than was told before. */
    private static List<Map<String, Balance>> right(
            long applied, List<Step> steps, ToldOutcomes told, Published published) {
        if (applied == 0) {
            return List.of(Map.of());
        }
        Step step = steps.get(Math.toIntExact(applied) - 1);
        List<Map<String, Balance>> right = new ArrayList<>(List.of(step.after()));
        for (Passed passed : step.since()) {
            Fact<SpecificRecord> fact = told.settlements().get(passed.number());
            if (fact != null && published.isDrained(fact)) {
                right.clear();
            }
            right.add(passed.after());
        }
        return right;
    }

    private static void ranks(Snapshot snapshot, Published published, Answers answers, Findings findings) {
        List<Board> boards = Boards.definitions(published.config());
        var standings = Boards.recount(boards, published.plays(), published::isDrained);
        Map<Ref, Map<String, Line>> rankings = new HashMap<>();
        for (Board board : boards) {
            board.shownAt(snapshot.takenAt())
                    .ifPresent(shown -> rankings.put(
                            board.id(),
                            BoardsEqualRecount.ranking(shown, standings.getOrDefault(board.id(), Map.of())).stream()
                                    .collect(toMap(Line::player, Function.identity()))));
        }
        for (RankAnswer answer : answers.ranks()) {
            Map<String, Line> ranking = rankings.getOrDefault(answer.board(), Map.of());
            Line right = ranking.get(answer.player());
            if (right == null
                    || right.rank() != answer.rank()
                    || right.score() != answer.score()
                    || ranking.size() != answer.total()) {
                findings.violated(
                        "board %s: %s must be %s of %d".formatted(answer.board(), answer, right, ranking.size()));
            }
        }
    }
}
