package io.fanfare.engine.leaderboard;

import static io.fanfare.engine.leaderboard.Boards.at;
import static io.fanfare.engine.leaderboard.Boards.scoring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.leaderboard.Counting.Counted;
import io.fanfare.engine.leaderboard.Counting.Overflow;
import io.fanfare.engine.leaderboard.Counting.WithoutScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {

    @Test
    void total_plays_counts_plays_with_and_without_score() {
        Standing standing = fold(Metric.TOTAL_PLAYS, scoring(null, 10), scoring(7L, 20));

        assertThat(standing).isEqualTo(new Standing(new Score(2), at(20), 2));
    }

    @Test
    void total_score_adds_up_and_was_reached_at_the_latest_event_that_changed_it() {
        Standing standing = fold(Metric.TOTAL_SCORE, scoring(5L, 30), scoring(7L, 10), scoring(0L, 40));

        assertThat(standing).isEqualTo(new Standing(new Score(12), at(30), 3));
    }

    @Test
    void of_nothing_but_zeros_the_earliest_stands() {
        Standing standing = fold(Metric.TOTAL_SCORE, scoring(0L, 30), scoring(0L, 10), scoring(0L, 20));

        assertThat(standing).isEqualTo(new Standing(new Score(0), at(10), 3));
    }

    @Test
    void high_score_keeps_the_best_and_the_earliest_event_with_it() {
        Standing standing = fold(Metric.HIGH_SCORE, scoring(5L, 10), scoring(9L, 40), scoring(9L, 20), scoring(7L, 5));

        assertThat(standing).isEqualTo(new Standing(new Score(9), at(20), 4));
    }

    @Test
    void a_play_without_score_is_nothing_to_boards_of_scores() {
        assertThat(Metric.TOTAL_SCORE.count(null, scoring(null, 10))).isEqualTo(new WithoutScore());
        assertThat(Metric.HIGH_SCORE.count(null, scoring(null, 10))).isEqualTo(new WithoutScore());
    }

    @Test
    void a_sum_that_overflows_is_refused() {
        var current = new Standing(new Score(Long.MAX_VALUE), at(10), 1);

        Counting counting = Metric.TOTAL_SCORE.count(current, scoring(1L, 20));

        assertThat(counting).isEqualTo(new Overflow(new Score(Long.MAX_VALUE), new Score(1)));
    }

    @Test
    void an_unknown_word_is_refused_by_name() {
        assertThatThrownBy(() -> Metric.of("fastest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fastest");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_order_of_the_same_plays_gives_what_a_recomputation_gives(long seed) {
        var random = new Random(seed);
        for (int history = 0; history < 300; history++) {
            List<BoardPlay> plays = new ArrayList<>();
            int count = 1 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                Long score = random.nextInt(6) == 0 ? null : random.nextLong(0, 4);
                plays.add(scoring(score, random.nextLong(0, 6)));
            }
            for (Metric metric : Metric.values()) {
                Collections.shuffle(plays, random);
                assertThat(foldAll(metric, plays)).isEqualTo(recomputed(metric, plays));
            }
        }
    }

    private static @Nullable Standing recomputed(Metric metric, List<BoardPlay> plays) {
        List<BoardPlay> counted = plays.stream()
                .filter(play -> metric == Metric.TOTAL_PLAYS || play.score() != null)
                .sorted(Comparator.comparing(BoardPlay::occurredAt))
                .toList();
        if (counted.isEmpty()) {
            return null;
        }
        List<Long> scores =
                counted.stream().map(play -> contribution(metric, play)).toList();
        long result = metric == Metric.HIGH_SCORE
                ? Collections.max(scores)
                : scores.stream().mapToLong(Long::longValue).sum();
        int deciding = switch (metric) {
            case HIGH_SCORE -> scores.indexOf(result);
            case TOTAL_PLAYS, TOTAL_SCORE -> result == 0 ? 0 : lastNonZero(scores);
        };
        return new Standing(new Score(result), counted.get(deciding).occurredAt(), counted.size());
    }

    private static long contribution(Metric metric, BoardPlay play) {
        Score score = play.score();
        return metric == Metric.TOTAL_PLAYS || score == null ? 1 : score.value();
    }

    private static int lastNonZero(List<Long> scores) {
        int last = scores.size() - 1;
        while (scores.get(last) == 0) {
            last--;
        }
        return last;
    }

    private static Standing fold(Metric metric, BoardPlay... plays) {
        Standing standing = foldAll(metric, List.of(plays));
        assertThat(standing).isNotNull();
        return standing;
    }

    private static @Nullable Standing foldAll(Metric metric, List<BoardPlay> plays) {
        Standing standing = null;
        for (BoardPlay play : plays) {
            if (metric.count(standing, play) instanceof Counted(Standing next)) {
                standing = next;
            }
        }
        return standing;
    }
}
