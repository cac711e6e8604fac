package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Answers.BoardAnswer;
import io.fanfare.bench.verify.Answers.Line;
import io.fanfare.bench.verify.Answers.RankAnswer;
import io.fanfare.bench.verify.Boards.Board;
import io.fanfare.bench.verify.Boards.Standing;
import io.fanfare.bench.verify.Boards.Standings;
import io.fanfare.events.LeaderboardConfigured;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ranking is what plays and definitions add up to. At rest it must be the very same, ranks included; while people play, each
 * line must be what its player had at some moment since everything before the question was through.
 */
final class BoardsEqualRecount {

    private BoardsEqualRecount() {}

    static Check check(Snapshot snapshot, Published published, Answers answers) {
        var findings = new Findings(6, "boards equal a recount");
        List<Board> boards = Boards.definitions(published.config());
        Map<Ref, Map<String, Standings>> standings = Boards.recount(boards, published.plays(), published::isDrained);
        Map<Ref, BoardAnswer> answered =
                answers.boards().stream().collect(toMap(BoardAnswer::board, Function.identity(), (first, _) -> first));
        for (Board board : boards) {
            // One that was made or deleted since is not asked for, or not shown any more.
            Optional.of(board.versions().getLast())
                    .filter(newest -> answers.boardsAsked().contains(board.id())
                            && newest.getStatus().equals("active"))
                    .flatMap(_ -> board.shownAt(snapshot.takenAt()))
                    .ifPresent(shown -> compare(
                            shown,
                            answered.get(board.id()),
                            standings.getOrDefault(board.id(), Map.of()),
                            ranks(answers, board.id()),
                            published.isAtRest(),
                            findings));
        }
        findings.note(
                "%d boards, %s".formatted(answered.size(), published.isAtRest() ? "at rest" : "while being played"));
        return findings.result();
    }

    /** The ranking as it must be at rest, best first. */
    static List<Line> ranking(LeaderboardConfigured shown, Map<String, Standings> standings) {
        record Entry(String player, Standing standing) {}
        List<Entry> inOrder = standings.entrySet().stream()
                .flatMap(entry -> Stream.ofNullable(entry.getValue().settled())
                        .map(standing -> new Entry(entry.getKey(), standing)))
                .sorted(Comparator.comparing(
                                Entry::standing,
                                Comparator.comparingLong(Standing::score)
                                        .reversed()
                                        .thenComparing(Standing::reachedAt))
                        .thenComparing(
                                entry -> entry.player().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();
        var lines = new ArrayList<Line>();
        for (Entry entry : inOrder) {
            long score = entry.standing().score();
            boolean isTied = shown.getTieRule().equals("competition")
                    && !lines.isEmpty()
                    && lines.getLast().score() == score;
            long rank = isTied ? lines.getLast().rank() : lines.size() + 1;
            lines.add(new Line(
                    rank, entry.player(), score, seconds(entry.standing().reachedAt())));
        }
        return lines;
    }

    private static Map<String, RankAnswer> ranks(Answers answers, Ref board) {
        Map<String, RankAnswer> ranks = new HashMap<>();
        answers.ranks().stream()
                .filter(rank -> rank.board().equals(board))
                .forEach(rank -> ranks.put(rank.player(), rank));
        return ranks;
    }

    private static void compare(
            LeaderboardConfigured shown,
            @Nullable BoardAnswer answer,
            Map<String, Standings> standings,
            Map<String, RankAnswer> ranks,
            boolean isAtRest,
            Findings findings) {
        String board = shown.getTenantId() + "/" + shown.getLeaderboardId();
        if (answer == null) {
            findings.violated("board %s is not answered for".formatted(board));
            return;
        }
        findings.saw(answer.lines().size());
        if (isAtRest) {
            atRest(board, answer, ranking(shown, standings), findings);
        } else {
            whilePlayed(board, answer, standings, ranks, findings);
        }
    }

    private static void atRest(String board, BoardAnswer answer, List<Line> expected, Findings findings) {
        if (answer.total() != expected.size()) {
            findings.violated(
                    "board %s says that it has %d lines, and has %d".formatted(board, answer.total(), expected.size()));
        }
        int longest =
                answer.isCut() ? answer.lines().size() : Math.max(answer.lines().size(), expected.size());
        for (int i = 0; i < longest; i++) {
            Line line = i < answer.lines().size() ? answer.lines().get(i) : null;
            Line right = i < expected.size() ? expected.get(i) : null;
            if (line == null || !line.equals(right)) {
                findings.violated("board %s, line %d: is %s, must be %s".formatted(board, i + 1, line, right));
            }
        }
    }

    private static void whilePlayed(
            String board,
            BoardAnswer answer,
            Map<String, Standings> standings,
            Map<String, RankAnswer> ranks,
            Findings findings) {
        Set<String> seen = new HashSet<>();
        for (Line line : answer.lines()) {
            seen.add(line.player());
            boolean wasSo = possible(standings.get(line.player()))
                    .anyMatch(standing ->
                            standing.score() == line.score() && seconds(standing.reachedAt()) == line.reachedAt());
            if (!wasSo) {
                findings.violated(
                        "board %s: %s was never so, of %s".formatted(board, line, standings.get(line.player())));
            }
        }
        standings.forEach((player, standing) -> {
            if (standing.settled() == null || seen.contains(player) || answer.isCut()) {
                return;
            }
            // Who moves up while the pages are turned is on none of them, and was asked for.
            RankAnswer rank = ranks.get(player);
            if (rank == null || possible(standing).noneMatch(one -> one.score() == rank.score())) {
                findings.violated("board %s: %s has %s and is not on it".formatted(board, player, standing.settled()));
            }
        });
    }

    private static Stream<Standing> possible(@Nullable Standings standings) {
        return standings == null
                ? Stream.empty()
                : Stream.concat(Stream.ofNullable(standings.settled()), standings.later().stream());
    }

    private static long seconds(Instant time) {
        return time.getEpochSecond();
    }
}
