package io.fanfare.streams.leaderboard;

import static io.fanfare.streams.leaderboard.Records.board;
import static io.fanfare.streams.leaderboard.Records.play;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.leaderboard.Leaderboard;
import io.fanfare.ranked.Entry.State;
import io.fanfare.streams.leaderboard.PlayedRankings.Entries;
import io.fanfare.streams.leaderboard.PlayedRankings.Freshness;
import io.fanfare.streams.leaderboard.PlayedRankings.PlayerRanking;
import io.fanfare.streams.leaderboard.PlayedRankings.Rankings;
import io.fanfare.streams.leaderboard.Ranks.PlayerEntry;
import io.fanfare.streams.query.StateNews;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayedRankingsTest {

    private static final String ADAS_KEY = "acme/ada";
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Leaderboard BOARD = BoardVersion.of(board("high_score"));

    @TempDir
    private Path directory;

    private final StateNews news = new StateNews();
    private DrivenApp app;

    @BeforeEach
    void start() {
        app = new DrivenApp(LeaderboardsTopology.app(news), directory);
        app.configured(board("high_score"));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void who_asks_before_the_play_comes_is_told_when_it_is_counted_and_not_later() throws Exception {
        for (int number = 1; number <= 200; number++) {
            long next = number;
            var asked = CompletableFuture.supplyAsync(() -> ask(next, LONG));
            app.played(play("ada", number, 100L + number, number));

            assertThat(asked.get(1, TimeUnit.MINUTES))
                    .isEqualTo(new Rankings(
                            List.of(new PlayerRanking(Records.BOARD, 100L + number, false, 1L)),
                            new Freshness(true, number)));
        }
    }

    @Test
    void a_play_that_changes_nothing_is_answered_with_what_stands() {
        app.played(play("ada", 1, 5L, 10));
        app.played(play("ada", 2, 3L, 20));
        app.played(play("ada", 3, null, 30));

        assertThat(ask(2, LONG).rankings()).containsExactly(new PlayerRanking(Records.BOARD, 5, false, 1L));
        assertThat(ask(3, LONG).rankings()).containsExactly(new PlayerRanking(Records.BOARD, 5, false, 1L));
    }

    @Test
    void a_player_without_an_entry_is_on_no_board_and_that_is_known() {
        app.played(play("ada", 1, null, 10));

        assertThat(ask(1, LONG)).isEqualTo(new Rankings(List.of(), new Freshness(true, 1)));
    }

    @Test
    void where_the_play_does_not_come_in_time_nothing_is_said_of_those_before_it() {
        app.played(play("ada", 1, 5L, 10));

        assertThat(ask(2, Duration.ofMillis(10))).isEqualTo(new Rankings(List.of(), new Freshness(false, 1)));
    }

    @Test
    void a_number_that_is_missing_below_others_is_not_waited_for() {
        app.played(play("ada", 3, 5L, 10));

        assertThat(ask(2, LONG)).isEqualTo(new Rankings(List.of(), new Freshness(false, 3)));
    }

    @Test
    void where_no_board_counts_the_play_nothing_is_waited_for() {
        Rankings answer = PlayedRankings.rankings(List.of(), ADAS_KEY, 1, LONG, news, app.state(true), this::entry);

        assertThat(answer).isEqualTo(new Rankings(List.of(), new Freshness(true, 0)));
    }

    @Test
    void a_copy_is_never_fresh_and_nothing_is_waited_for() {
        app.played(play("ada", 1, 5L, 10));

        Rankings answer =
                PlayedRankings.rankings(List.of(BOARD), ADAS_KEY, 1, LONG, news, app.state(false), this::entry);
        Rankings ofTheNext =
                PlayedRankings.rankings(List.of(BOARD), ADAS_KEY, 2, LONG, news, app.state(false), this::entry);

        assertThat(answer).isEqualTo(new Rankings(List.of(), new Freshness(false, 1)));
        assertThat(ofTheNext).isEqualTo(answer);
    }

    @Test
    void a_flagged_entry_says_so() {
        app.played(play("ada", 1, 5L, 10));
        Entries flagged = _ -> Optional.of(new PlayerEntry(5, State.FLAGGED, null));

        Rankings answer = PlayedRankings.rankings(List.of(BOARD), ADAS_KEY, 1, LONG, news, app.state(true), flagged);

        assertThat(answer.rankings()).containsExactly(new PlayerRanking(Records.BOARD, 5, true, null));
    }

    private Rankings ask(long applied, Duration patience) {
        return PlayedRankings.rankings(List.of(BOARD), ADAS_KEY, applied, patience, news, app.state(true), this::entry);
    }

    /** Nobody else plays, so whoever is on the board is the first. */
    private Optional<PlayerEntry> entry(Leaderboard board) {
        return app.entry("ada").map(entry -> new PlayerEntry(entry.score(), entry.state(), 1L));
    }
}
