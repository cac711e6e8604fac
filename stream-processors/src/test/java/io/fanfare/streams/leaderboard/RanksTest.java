package io.fanfare.streams.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.engine.leaderboard.TieRule;
import io.fanfare.ranked.Entry;
import io.fanfare.ranked.Entry.State;
import io.fanfare.ranked.OrderKey;
import io.fanfare.ranked.Placement;
import io.fanfare.ranked.Ranking;
import io.fanfare.streams.leaderboard.Ranks.Line;
import io.fanfare.streams.leaderboard.Ranks.Neighbourhood;
import io.fanfare.streams.leaderboard.Ranks.Part;
import io.fanfare.streams.leaderboard.Ranks.PlayerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanksTest {

    private static final BoardKey BOARD = new BoardKey(new TenantId("acme"), new LeaderboardId("board_1"));

    private final List<OrderKey> flagged = new ArrayList<>();
    private final List<List<OrderKey>> slices = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    @Test
    void unique_ranks_tell_everybody_apart() {
        entry(0, "ada", 30);
        entry(1, "grace", 20);
        entry(2, "linus", 20);
        entry(0, "margaret", 10);

        Part part = ranks(TieRule.UNIQUE).behind(null, 10);

        assertThat(part.lines()).extracting(Line::rank).containsExactly(1L, 2L, 3L, 4L);
        assertThat(part.total()).isEqualTo(4);
    }

    @Test
    void competition_ranks_are_shared_by_equal_scores() {
        entry(0, "ada", 30);
        entry(1, "grace", 20);
        entry(2, "linus", 20);
        entry(0, "margaret", 10);

        Part part = ranks(TieRule.COMPETITION).behind(null, 10);

        assertThat(part.lines()).extracting(Line::rank).containsExactly(1L, 2L, 2L, 4L);
    }

    @Test
    void a_page_that_begins_among_equal_scores_goes_on_with_their_rank() {
        entry(0, "ada", 30);
        entry(1, "grace", 20);
        entry(2, "linus", 20);
        entry(0, "margaret", 20);
        Ranks ranks = ranks(TieRule.COMPETITION);
        OrderKey last = ranks.behind(null, 2).lines().getLast().key();

        Part next = ranks.behind(last, 10);

        assertThat(next.lines()).extracting(Line::rank).containsExactly(2L, 2L);
    }

    @Test
    void a_player_who_is_nowhere_has_no_rank() {
        entry(0, "ada", 30);

        assertThat(ranks(TieRule.UNIQUE).around(new PlayerId("grace"), 3)).isEmpty();
    }

    @Test
    void a_player_s_entry_has_their_rank() {
        entry(0, "ada", 30);
        entry(1, "grace", 20);
        entry(2, "linus", 20);

        assertThat(ranks(TieRule.UNIQUE).entryOf(new PlayerId("linus"))).contains(new PlayerEntry(20, State.LIVE, 3L));
        assertThat(ranks(TieRule.COMPETITION).entryOf(new PlayerId("linus")))
                .contains(new PlayerEntry(20, State.LIVE, 2L));
        assertThat(ranks(TieRule.UNIQUE).entryOf(new PlayerId("margaret"))).isEmpty();
    }

    @Test
    void an_entry_that_is_kept_out_of_the_ranking_has_a_score_and_no_rank() {
        entry(0, "ada", 30);
        flagged.add(new OrderKey(99, 1_000, "grace"));

        assertThat(ranks(TieRule.UNIQUE).entryOf(new PlayerId("grace")))
                .contains(new PlayerEntry(99, State.FLAGGED, null));
        assertThat(ranks(TieRule.UNIQUE).around(new PlayerId("grace"), 3)).isEmpty();
    }

    @Test
    void an_offset_behind_the_end_is_an_empty_part() {
        entry(0, "ada", 30);

        Part part = ranks(TieRule.UNIQUE).from(5, 10);

        assertThat(part.lines()).isEmpty();
        assertThat(part.total()).isEqualTo(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agrees_with_one_sorted_list_however_players_are_spread(long seed) {
        var random = new Random(seed);
        List<OrderKey> everybody = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            everybody.add(entry(random.nextInt(3), "player_" + i, random.nextInt(20)));
        }
        everybody.sort(null);
        for (TieRule rule : TieRule.values()) {
            List<Line> expected = naive(everybody, rule);
            Ranks ranks = ranks(rule);
            for (int i = 0; i < 120; i += 7) {
                int limit = 1 + random.nextInt(15);
                int radius = random.nextInt(6);
                assertThat(ranks.from(i, limit).lines()).isEqualTo(cut(expected, i, i + limit));
                assertThat(ranks.behind(everybody.get(i), limit).lines())
                        .isEqualTo(cut(expected, i + 1, i + 1 + limit));
                Neighbourhood around = ranks.around(
                                new PlayerId(everybody.get(i).player()), radius)
                        .orElseThrow();
                assertThat(around.player()).isEqualTo(expected.get(i));
                assertThat(around.lines()).isEqualTo(cut(expected, i - radius, i + radius + 1));
                assertThat(ranks.entryOf(new PlayerId(everybody.get(i).player())))
                        .map(PlayerEntry::rank)
                        .contains(expected.get(i).rank());
            }
        }
    }

    private static List<Line> naive(List<OrderKey> sorted, TieRule rule) {
        return IntStream.range(0, sorted.size())
                .mapToObj(i -> {
                    OrderKey key = sorted.get(i);
                    long better = sorted.stream()
                            .filter(other -> other.score() > key.score())
                            .count();
                    return new Line(rule == TieRule.UNIQUE ? i + 1L : better + 1, key);
                })
                .toList();
    }

    private static List<Line> cut(List<Line> lines, int from, int to) {
        return lines.subList(Math.max(0, Math.min(from, lines.size())), Math.min(to, lines.size()));
    }

    private OrderKey entry(int slice, String player, long score) {
        var key = new OrderKey(score, 1_000, player);
        slices.get(slice).add(key);
        slices.get(slice).sort(null);
        return key;
    }

    private Ranks ranks(TieRule rule) {
        Slices asked = new Slices() {
            @Override
            public <A> A ask(SliceQuestion<A> question) {
                return question.merged(slices.stream()
                        .map(slice -> question.inStore().answerFrom(new SortedSlice(slice, flagged)))
                        .toList());
            }
        };
        return new Ranks(asked, BOARD, rule);
    }

    private record SortedSlice(List<OrderKey> keys, List<OrderKey> flagged) implements Ranking {

        @Override
        public long size() {
            return keys.size();
        }

        @Override
        public long countAhead(OrderKey key) {
            return keys.stream().filter(other -> other.compareTo(key) < 0).count();
        }

        @Override
        public Optional<OrderKey> select(long position) {
            return keys.stream().skip(position).findFirst();
        }

        @Override
        public List<OrderKey> list(long position, int limit) {
            return keys.stream().skip(position).limit(limit).toList();
        }

        @Override
        public Optional<Placement> placementOf(String player) {
            return Stream.concat(keys.stream(), flagged.stream())
                    .filter(key -> key.player().equals(player))
                    .findFirst()
                    .map(key -> new Placement(
                            key,
                            new Entry(key.score(), key.reachedAt(), 1, keys.contains(key) ? State.LIVE : State.FLAGGED),
                            countAhead(key)));
        }
    }
}
