package io.fanfare.streams.leaderboard;

import static io.fanfare.streams.leaderboard.Records.ACME;
import static io.fanfare.streams.leaderboard.Records.OTHER;
import static io.fanfare.streams.leaderboard.Records.SUMMER;
import static io.fanfare.streams.leaderboard.Records.at;
import static io.fanfare.streams.leaderboard.Records.board;
import static io.fanfare.streams.leaderboard.Records.deleted;
import static io.fanfare.streams.leaderboard.Records.ofCampaign;
import static io.fanfare.streams.leaderboard.Records.play;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.PlayCompleted;
import io.fanfare.ranked.Entry;
import io.fanfare.ranked.Entry.State;
import io.fanfare.streams.query.StateNews;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderboardsTopologyTest {

    @TempDir
    private Path directory;

    private DrivenApp app;

    @BeforeEach
    void start() {
        app = new DrivenApp(LeaderboardsTopology.app(new StateNews()), directory);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void total_plays_counts_plays() {
        app.configured(board("total_plays"));

        app.played(play("ada", 1, null, 10));
        app.played(play("ada", 2, null, 20));
        app.played(play("grace", 1, null, 15));

        assertThat(app.ranking(ACME)).containsExactly("ada", "grace");
        assertThat(app.entry("ada")).contains(entry(2, 20, 2));
    }

    @Test
    void total_score_adds_up_scores_and_leaves_out_plays_without_one() {
        app.configured(board("total_score"));

        app.played(play("ada", 1, 5L, 10));
        app.played(play("ada", 2, 7L, 20));
        app.played(play("grace", 1, null, 15));

        assertThat(app.ranking(ACME)).containsExactly("ada");
        assertThat(app.entry("ada")).contains(entry(12, 20, 2));
    }

    @Test
    void high_score_keeps_the_best_and_who_was_first_is_ahead() {
        app.configured(board("high_score"));

        app.played(play("ada", 1, 9L, 30));
        app.played(play("grace", 1, 9L, 20));
        app.played(play("grace", 2, 3L, 40));

        assertThat(app.ranking(ACME)).containsExactly("grace", "ada");
        assertThat(app.entry("grace")).contains(entry(9, 20, 2));
    }

    @Test
    void a_duplicate_of_any_age_never_counts_twice() {
        app.configured(board("total_plays"));
        for (int number = 1; number <= 500; number++) {
            app.played(play("ada", number, null, number));
        }

        app.played(play("ada", 500, null, 500));
        app.played(play("ada", 1, null, 1));

        assertThat(app.entry("ada")).contains(entry(500, 500, 500));
    }

    @Test
    void a_missing_number_counts_when_it_comes() {
        app.configured(board("total_plays"));

        app.played(play("ada", 3, null, 30));
        app.played(play("ada", 1, null, 10));
        app.played(play("ada", 2, null, 20));
        app.played(play("ada", 3, null, 30));

        assertThat(app.entry("ada")).contains(entry(3, 30, 3));
    }

    @Test
    void boards_of_two_tenants_with_the_same_ids_do_not_mix() {
        app.configured(board(ACME, "total_plays", 1, 0));
        app.configured(board(OTHER, "total_score", 1, 0));

        app.played(play(ACME, "ada", 1, 50L, 10));
        app.played(play(OTHER, "ada", 1, 70L, 20));

        assertThat(app.entry(ACME, "ada")).contains(entry(1, 10, 1));
        assertThat(app.entry(OTHER, "ada")).contains(entry(70, 20, 1));
    }

    @Test
    void a_play_before_the_activation_does_not_count() {
        app.configured(board(ACME, "total_plays", 1, 100));

        app.played(play("ada", 1, null, 99));
        app.played(play("grace", 1, null, 100));

        assertThat(app.ranking(ACME)).containsExactly("grace");
    }

    @Test
    void a_play_is_judged_by_the_version_of_its_time_whenever_it_comes() {
        app.configured(board(ACME, "total_plays", 1, 100));
        app.configured(ofCampaign("camp_winter", 2, 200));

        app.played(play("ada", 1, null, 250));
        app.played(play("ada", 2, null, 150));

        assertThat(app.entry("ada")).contains(entry(1, 150, 1));
    }

    @Test
    void a_late_definition_counts_the_plays_that_come_after_it() {
        app.played(play("ada", 1, null, 110));

        app.configured(board(ACME, "total_plays", 1, 100));
        app.played(play("ada", 2, null, 120));

        assertThat(app.entry("ada")).contains(entry(1, 120, 1));
    }

    @Test
    void versions_that_come_in_the_wrong_order_are_judged_alike() {
        app.configured(deleted(2, 200));
        app.configured(ofCampaign(SUMMER, 1, 100));

        app.played(play("ada", 1, null, 150));
        app.played(play("ada", 2, null, 250));

        assertThat(app.entry("ada")).contains(entry(1, 150, 1));
    }

    @Test
    void bytes_that_are_no_play_become_a_dead_letter_and_the_next_play_counts() {
        app.configured(board("total_plays"));
        byte[] poison = "no play".getBytes(UTF_8);

        app.played("acme/ada", poison);
        app.played(play("grace", 1, null, 10));

        assertThat(app.ranking(ACME)).containsExactly("grace");
        DeadLetter letter = onlyLetter();
        assertThat(letter.getReader()).isEqualTo("leaderboards");
        assertThat(letter.getSourceTopic()).isEqualTo("fanfare.plays.v1");
        assertThat(letter.getValue().array()).isEqualTo(poison);
    }

    @Test
    void a_play_under_the_key_of_another_player_becomes_a_dead_letter() {
        app.configured(board("total_plays"));

        app.played("acme/grace", app.bytes(play("ada", 1, null, 10)));

        assertThat(onlyLetter().getDetail()).contains("acme/ada").contains("acme/grace");
        assertThat(app.ranking(ACME)).isEmpty();
    }

    @Test
    void a_play_without_a_number_becomes_a_dead_letter() {
        app.played(play("ada", 0, null, 10));

        assertThat(onlyLetter().getDetail()).contains("sequence is 0");
    }

    @Test
    void a_sum_that_overflows_becomes_a_dead_letter_and_leaves_the_standing() {
        app.configured(board("total_score"));
        app.played(play("ada", 1, Long.MAX_VALUE, 10));

        app.played(play("ada", 2, 1L, 20));

        assertThat(onlyLetter().getDetail()).contains("board_1");
        assertThat(app.entry("ada")).contains(entry(Long.MAX_VALUE, 10, 1));
    }

    @Test
    void a_definition_that_cannot_be_read_stands_in_nobodys_way() {
        app.configured("acme/leaderboard/board_9/1", "no definition".getBytes(UTF_8));
        app.configured(board("fastest"));
        app.forgotten("acme/leaderboard/board_9/2");
        app.configured(board(ACME, "total_plays", 2, 0));

        app.played(play("ada", 1, null, 10));

        assertThat(app.ranking(ACME)).containsExactly("ada");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void disorder_and_duplicates_give_what_a_recomputation_gives(long seed) {
        var random = new Random(seed);
        app.configured(board("total_score"));
        List<PlayCompleted> sent = new ArrayList<>();
        Map<String, Long> expected = new HashMap<>();
        for (String player : List.of("ada", "grace", "linus")) {
            for (int number = 1; number <= 60; number++) {
                long score = random.nextLong(0, 20);
                PlayCompleted play = play(player, number, score, random.nextLong(0, 1_000));
                expected.merge(player, score, Long::sum);
                sent.addAll(Collections.nCopies(1 + random.nextInt(3), play));
            }
        }
        Collections.shuffle(sent, random);

        sent.forEach(app::played);

        Map<String, Long> scores = new HashMap<>();
        expected.keySet()
                .forEach(player ->
                        scores.put(player, app.entry(player).orElseThrow().score()));
        assertThat(scores).isEqualTo(expected);
        assertThat(app.deadLetters()).isEmpty();
    }

    @Test
    void the_topology_is_the_one_in_the_golden_file() throws IOException {
        String described = app.description();

        assertThat(described.strip()).isEqualTo(golden("leaderboards-topology.txt"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = LeaderboardsTopologyTest.class.getResourceAsStream(name)) {
            assertThat(file).as("golden file %s", name).isNotNull();
            return new String(file.readAllBytes(), UTF_8).strip();
        }
    }

    private DeadLetter onlyLetter() {
        List<DeadLetter> letters = app.deadLetters();
        assertThat(letters).hasSize(1);
        return letters.getFirst();
    }

    private static Entry entry(long score, long reachedAtSecond, long plays) {
        return new Entry(score, at(reachedAtSecond).toEpochMilli(), plays, State.LIVE);
    }
}
