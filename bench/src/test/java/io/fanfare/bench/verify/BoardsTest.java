package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Boards.Board;
import io.fanfare.bench.verify.Boards.Standing;
import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.PlayCompleted;
import io.fanfare.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoardsTest {

    private static final Ref ID = new Ref("acme", "b");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final World world = World.ofThree();

    @Test
    void a_high_score_was_reached_when_it_was_first() {
        assertThat(standing(board("high_score", null), play(1, 7L, 0), play(2, 9L, 1), play(3, 9L, 2)))
                .isEqualTo(new Standing(9, NOON.plusSeconds(1)));
    }

    @Test
    void a_sum_was_reached_when_it_last_changed() {
        assertThat(standing(board("total_score", null), play(1, 7L, 0), play(2, 9L, 1), play(3, 0L, 2)))
                .isEqualTo(new Standing(16, NOON.plusSeconds(1)));
    }

    @Test
    void a_play_without_a_score_counts_as_a_play_only() {
        assertThat(standing(board("total_score", null), play(1, null, 0))).isNull();
        assertThat(standing(board("total_plays", null), play(1, null, 0))).isEqualTo(new Standing(1, NOON));
    }

    @Test
    void plays_before_the_board_is_in_force_do_not_count() {
        assertThat(standing(board("total_plays", null), play(1, null, -1), play(2, null, 0)))
                .isEqualTo(new Standing(1, NOON));
    }

    @Test
    void plays_of_another_campaign_do_not_count() {
        assertThat(standing(board("total_plays", "summer"), play(1, null, 0))).isNull();
    }

    @Test
    void a_deleted_board_counts_no_more() {
        LeaderboardConfigured first = board("total_plays", null).versions().getFirst();
        LeaderboardConfigured second = LeaderboardConfigured.newBuilder(first)
                .setRevision(2)
                .setStatus("deleted")
                .setEffectiveAt(NOON.plusSeconds(1))
                .build();
        var board = new Board(ID, List.of(first, second));

        assertThat(standing(board, play(1, null, 0), play(2, null, 1))).isEqualTo(new Standing(1, NOON));
        assertThat(board.shownAt(NOON.plusSeconds(1))).isEmpty();
    }

    private @Nullable Standing standing(Board board, PlayCompleted... plays) {
        var facts = new ArrayList<Fact<PlayCompleted>>();
        for (PlayCompleted play : plays) {
            facts.add(world.fact(Topics.PLAYS.name(), facts.size(), "acme/ada", play));
        }
        var standings = Boards.recount(List.of(board), facts, _ -> true)
                .getOrDefault(ID, Map.of())
                .get("ada");
        return standings == null ? null : standings.settled();
    }

    private static PlayCompleted play(long number, @Nullable Long score, long second) {
        return PlayCompleted.newBuilder()
                .setPlayId("play" + number)
                .setTenantId("acme")
                .setGameId("wheel")
                .setGameRevision(1)
                .setPlayerId("ada")
                .setSequence(number)
                .setStartedAt(NOON)
                .setOccurredAt(NOON.plusSeconds(second))
                .setWon(false)
                .setScore(score)
                .build();
    }

    private static Board board(String metric, @Nullable String campaign) {
        return new Board(
                ID,
                List.of(LeaderboardConfigured.newBuilder()
                        .setTenantId("acme")
                        .setCampaignId(campaign)
                        .setLeaderboardId("b")
                        .setRevision(1)
                        .setName("b")
                        .setMetric(metric)
                        .setStatus("active")
                        .setTieRule("unique")
                        .setEffectiveAt(NOON)
                        .setOccurredAt(NOON)
                        .build()));
    }
}
