package io.fanfare.engine.play;

import static io.fanfare.engine.play.Wheel.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameRules;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EligibilityTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void without_limits_the_plays_are_unlimited() {
        assertThat(eligibility(GameRules.NONE, new PlayCounts(1000, 10)))
                .isEqualTo(new Eligibility(true, Eligibility.UNLIMITED, null, null));
    }

    @Test
    void the_tighter_limit_counts() {
        var rules = new GameRules(10, 3, false, null, null);

        assertThat(eligibility(rules, new PlayCounts(2, 2))).isEqualTo(new Eligibility(true, 1, null, MIDNIGHT));
        assertThat(eligibility(rules, new PlayCounts(9, 0))).isEqualTo(new Eligibility(true, 1, null, MIDNIGHT));
    }

    @Test
    void a_used_up_day_says_when_the_next_begins() {
        var rules = new GameRules(0, 3, false, null, null);

        assertThat(eligibility(rules, new PlayCounts(3, 3)))
                .isEqualTo(new Eligibility(false, 0, Eligibility.Reason.OUT_OF_TURNS, MIDNIGHT));
    }

    @Test
    void who_has_used_up_what_there_ever_was_waits_for_no_day() {
        var rules = new GameRules(3, 3, false, null, null);

        assertThat(eligibility(rules, new PlayCounts(3, 3)))
                .isEqualTo(new Eligibility(false, 0, Eligibility.Reason.OUT_OF_TURNS, null));
    }

    @Test
    void a_lowered_limit_never_leaves_fewer_than_none() {
        var rules = new GameRules(2, 0, false, null, null);

        assertThat(eligibility(rules, new PlayCounts(5, 0)).remainingPlays()).isZero();
    }

    @Test
    void a_game_before_its_window_has_not_started_and_after_it_has_ended() {
        var early = new GameRules(0, 0, false, NOON.plusSeconds(1), null);
        var late = new GameRules(0, 0, false, null, NOON);

        assertThat(eligibility(early, PlayCounts.NONE).reason()).isEqualTo(Eligibility.Reason.NOT_STARTED);
        assertThat(eligibility(late, PlayCounts.NONE).reason()).isEqualTo(Eligibility.Reason.ENDED);
    }

    private static Eligibility eligibility(GameRules rules, PlayCounts counts) {
        return Eligibility.of(Wheel.neverWinning().with(rules).game(), counts, NOON);
    }
}
