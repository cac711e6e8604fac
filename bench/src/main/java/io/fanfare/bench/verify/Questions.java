package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Answers.BoardAnswer;
import io.fanfare.bench.verify.Answers.Line;
import io.fanfare.bench.verify.Answers.RankAnswer;
import io.fanfare.bench.verify.Answers.Sheet;
import io.fanfare.bench.verify.Answers.WalletAnswer;
import io.fanfare.bench.verify.Boards.Board;
import io.fanfare.bench.verify.Boards.Standings;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.events.PlayCompleted;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Asks the platform for the wallets of everybody and the rankings of all boards. */
final class Questions {

    static final int MAX_PLAYERS = 50_000;
    static final int RANKS_PER_BOARD = 200;

    private static final int AT_ONCE = 8;

    private final StateApi api;

    Questions(StateApi api) {
        this.api = api;
    }

    /**
     * Asks.
     *
     * @param plays that every consumer is through with
     */
    Answers ask(Snapshot snapshot, List<Fact<PlayCompleted>> plays, List<Fact<SpecificRecord>> config)
            throws IOException, InterruptedException {
        Stream<Ref> owners =
                snapshot.commands().stream().map(command -> command.wallet().owner());
        Stream<Ref> all = Stream.concat(snapshot.plays().stream().map(PlayRow::player), owners);
        List<Ref> players = evenly(all.distinct().toList(), MAX_PLAYERS);
        List<WalletAnswer> wallets =
                all(players, api::wallets).stream().flatMap(List::stream).toList();
        Map<String, Map<String, Sheet>> sheets = new HashMap<>();
        for (String tenant : players.stream().map(Ref::tenant).distinct().toList()) {
            sheets.put(tenant, api.sheets(tenant));
        }
        List<Board> boards = Boards.definitions(config).stream()
                .filter(board -> board.shownAt(Instant.now()).isPresent())
                .toList();
        Map<Ref, Map<String, Standings>> standings = Boards.recount(boards, plays, _ -> true);
        var rankings = new ArrayList<BoardAnswer>();
        var ranks = new ArrayList<RankAnswer>();
        for (Board board : boards) {
            Optional<BoardAnswer> ranking = api.rankings(board.id());
            ranking.ifPresent(rankings::add);
            Set<String> known = standings.getOrDefault(board.id(), Map.of()).keySet();
            List<String> asked = whom(ranking, known);
            ranks.addAll(all(asked, player -> api.rank(board.id(), player)).stream()
                    .flatMap(Optional::stream)
                    .toList());
        }
        return new Answers(
                players, wallets, sheets, boards.stream().map(Board::id).toList(), rankings, ranks);
    }

    /** Some of those who are on the ranking, and all who should be and are not. */
    private static List<String> whom(Optional<BoardAnswer> ranking, Set<String> known) {
        var missing = new HashSet<>(known);
        var listed = new ArrayList<String>();
        ranking.ifPresent(answer -> answer.lines().stream().map(Line::player).forEach(player -> {
            missing.remove(player);
            listed.add(player);
        }));
        var asked = new LinkedHashSet<>(evenly(listed, RANKS_PER_BOARD));
        asked.addAll(missing);
        return List.copyOf(asked);
    }

    /** As many as that, spread over the whole. */
    static <T> List<T> evenly(List<T> all, int most) {
        if (all.size() <= most) {
            return List.copyOf(all);
        }
        var some = new ArrayList<T>(most);
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * all.size() / most)));
        }
        return some;
    }

    @FunctionalInterface
    private interface Question<T, R> {
        R ask(T about) throws IOException, InterruptedException;
    }

    private static <T, R> List<R> all(List<T> subjects, Question<T, R> question)
            throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<R>> questions = new ArrayList<>();
            for (T subject : subjects) {
                questions.add(() -> question.ask(subject));
            }
            var answers = new ArrayList<R>();
            for (Future<R> answer : threads.invokeAll(questions)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IOException("a query failed: " + e.getCause(), e.getCause());
        }
    }
}
