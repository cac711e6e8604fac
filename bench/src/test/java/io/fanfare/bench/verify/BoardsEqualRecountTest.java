package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Answers.Line;
import io.fanfare.schemas.Topics;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BoardsEqualRecountTest {

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(3);
        assertThat(check.note()).isEqualTo("1 boards, at rest");
        assertThat(world.lines).extracting(Line::player).containsExactly("ada", "linus", "grace");
        assertThat(check.passed()).isTrue();
    }

    @Test
    void a_duplicate_counts_once() {
        world.playFacts.add(World.at(5, world.playFacts.getFirst()));

        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_play_that_was_counted_twice_is_reported() {
        Line ada = world.lines.getFirst();
        world.lines.set(0, new Line(1, ada.player(), 3, ada.reachedAt()));

        assertViolated("board acme/spins, line 1: is Line[rank=1, player=ada, score=3");
    }

    @Test
    void a_wrong_order_is_reported() {
        Line ada = world.lines.get(0);
        Line linus = world.lines.get(1);
        world.lines.set(0, new Line(1, linus.player(), linus.score(), linus.reachedAt()));
        world.lines.set(1, new Line(2, ada.player(), ada.score(), ada.reachedAt()));

        assertViolated("line 1");
    }

    @Test
    void a_wrong_rank_is_reported() {
        Line linus = world.lines.get(1);
        world.lines.set(1, new Line(1, linus.player(), linus.score(), linus.reachedAt()));

        assertViolated("line 2");
    }

    @Test
    void a_missing_player_is_reported() {
        world.lines.removeLast();

        assertViolated("line 3: is null");
        assertViolated("has 2 lines, and has 3");
    }

    @Test
    void a_player_who_never_played_is_reported() {
        world.lines.add(new Line(4, "mallory", 1, 0));

        assertViolated("player=mallory");
    }

    @Test
    void a_board_that_is_not_answered_for_is_reported() {
        Answers answers = world.answers();
        var silent = new Answers(
                answers.asked(),
                answers.wallets(),
                answers.sheets(),
                answers.boardsAsked(),
                List.of(),
                answers.ranks());

        Check check = BoardsEqualRecount.check(world.snapshot(), world.published(), silent);

        assertThat(check.examples()).containsExactly("board acme/spins is not answered for");
    }

    @Test
    void while_people_play_a_line_may_be_what_it_was_or_is() {
        settledBefore(4);
        Line linus = world.lines.get(1);
        world.lines.set(1, new Line(2, "linus", 1, linus.reachedAt() - 1));

        assertThat(check().examples()).isEmpty();
        assertThat(check().note()).isEqualTo("1 boards, while being played");
    }

    @Test
    void while_people_play_a_line_that_was_never_so_is_reported() {
        settledBefore(4);
        world.lines.set(1, new Line(2, "linus", 3, 0));

        assertViolated("was never so");
    }

    @Test
    void while_people_play_who_is_on_no_page_must_have_a_rank() {
        settledBefore(4);
        world.lines.removeLast();
        assertThat(check().examples()).isEmpty();

        world.ranks.removeIf(rank -> rank.player().equals("grace"));
        assertViolated("grace has Standing");
    }

    private void settledBefore(long offset) {
        world.drained.put(new TopicPartition(Topics.PLAYS.name(), 0), offset);
    }

    private Check check() {
        return BoardsEqualRecount.check(world.snapshot(), world.published(), world.answers());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
