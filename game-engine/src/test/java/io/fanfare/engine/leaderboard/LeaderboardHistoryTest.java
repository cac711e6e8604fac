package io.fanfare.engine.leaderboard;

import static io.fanfare.engine.leaderboard.Boards.OTHER;
import static io.fanfare.engine.leaderboard.Boards.SUMMER;
import static io.fanfare.engine.leaderboard.Boards.WINTER;
import static io.fanfare.engine.leaderboard.Boards.at;
import static io.fanfare.engine.leaderboard.Boards.board;
import static io.fanfare.engine.leaderboard.Boards.deleted;
import static io.fanfare.engine.leaderboard.Boards.measuring;
import static io.fanfare.engine.leaderboard.Boards.ofCampaign;
import static io.fanfare.engine.leaderboard.Boards.play;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderboardHistoryTest {

    @Test
    void nothing_is_in_force_before_the_activation() {
        var history = LeaderboardHistory.of(board(1, 100));

        assertThat(history.inForceAt(at(99))).isEmpty();
        assertThat(history.inForceAt(at(100))).contains(board(1, 100));
    }

    @Test
    void a_play_is_judged_by_the_version_of_its_time() {
        var history = LeaderboardHistory.of(board(1, 100)).with(ofCampaign(SUMMER, 2, 200));

        assertThat(history.inForceAt(at(199))).map(Leaderboard::revision).contains(1L);
        assertThat(history.inForceAt(at(200))).map(Leaderboard::revision).contains(2L);
    }

    @Test
    void it_does_not_matter_in_which_order_versions_become_known() {
        Leaderboard first = board(1, 100);
        Leaderboard second = ofCampaign(SUMMER, 2, 200);
        Leaderboard third = deleted(3, 300);

        var inOrder = LeaderboardHistory.of(first).with(second).with(third);
        var otherwise = LeaderboardHistory.of(third).with(first).with(second);

        assertThat(otherwise).isEqualTo(inOrder);
    }

    @Test
    void a_lower_revision_never_overrules_a_higher_one() {
        var history = LeaderboardHistory.of(board(3, 100)).with(board(2, 200));

        assertThat(history.inForceAt(at(250))).map(Leaderboard::revision).contains(3L);
    }

    @Test
    void a_version_that_measures_something_else_is_never_in_force() {
        var history = LeaderboardHistory.of(board(1, 100)).with(measuring(Metric.HIGH_SCORE, 2, 200));

        assertThat(history.inForceAt(at(250))).map(Leaderboard::metric).contains(Metric.TOTAL_PLAYS);
    }

    @Test
    void a_deleted_board_counts_no_more() {
        var history = LeaderboardHistory.of(board(1, 100)).with(deleted(2, 200));

        assertThat(history.counting(play(150))).isPresent();
        assertThat(history.counting(play(250))).isEmpty();
    }

    @Test
    void a_board_is_shown_before_its_activation_and_no_more_once_it_is_deleted() {
        var history = LeaderboardHistory.of(board(1, 100)).with(deleted(2, 200));

        assertThat(LeaderboardHistory.of(board(1, 100)).shownAt(at(50))).contains(board(1, 100));
        assertThat(history.shownAt(at(199))).contains(board(1, 100));
        assertThat(history.shownAt(at(200))).isEmpty();
    }

    @Test
    void a_board_of_a_campaign_counts_plays_of_that_campaign_only() {
        var ofSummer = LeaderboardHistory.of(ofCampaign(SUMMER, 1, 100));
        var ofWinter = LeaderboardHistory.of(ofCampaign(WINTER, 1, 100));

        assertThat(ofSummer.counting(play(150))).isPresent();
        assertThat(ofWinter.counting(play(150))).isEmpty();
    }

    @Test
    void a_play_of_another_tenant_never_counts() {
        var foreign = new BoardPlay(OTHER, SUMMER, null, at(150));

        assertThat(LeaderboardHistory.of(board(1, 100)).counting(foreign)).isEmpty();
    }

    @Test
    void versions_of_two_boards_are_no_history() {
        Leaderboard ours = board(1, 100);
        var theirs = new Leaderboard(
                OTHER, ours.id(), null, 2, ours.name(), ours.metric(), ours.tieRule(), ours.status(), at(200));

        assertThatThrownBy(() -> new LeaderboardHistory(List.of(ours, theirs)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other");
    }
}
