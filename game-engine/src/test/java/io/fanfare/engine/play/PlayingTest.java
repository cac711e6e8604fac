package io.fanfare.engine.play;

import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.engine.play.Wheel.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Playing.PlayRequest;
import io.fanfare.engine.play.Playing.Refusal;
import io.fanfare.engine.prize.Prize;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlayingTest {

    private final Prize mug = Wheel.voucher("Mug");
    private final Wheel wheel = Wheel.alwaysWinning(mug);

    @Test
    void a_play_of_an_open_session_wins_what_the_wheel_says() {
        Session session = wheel.session(ADA, NOON);

        DecidedPlay play = wheel.decided(session, NOON);

        assertThat(play.awards()).extracting(DecidedPlay.Award::prize).containsExactly(mug);
    }

    @Test
    void the_same_session_and_client_seed_draw_the_same() {
        Wheel fair = Wheel.aWheel().slot(mug, 0.5).emptySlot(0.5);
        Session session = fair.session(ADA, NOON);

        DecidedPlay once = fair.decided(session, NOON);
        DecidedPlay again = fair.decided(session, NOON);

        assertThat(again.metadata()).isEqualTo(once.metadata());
    }

    @Test
    void a_game_outside_its_window_is_not_active() {
        Wheel ended = Wheel.alwaysWinning(mug).with(new GameRules(0, 0, false, null, NOON.plusSeconds(60)));
        Session session = ended.session(ADA, NOON);

        assertThat(refusal(ended, ADA, session, Document.empty(), NOON.plusSeconds(60)))
                .isEqualTo(new Refusal.GameNotActive());
    }

    @Test
    void an_unknown_session_is_invalid() {
        assertThat(refusal(wheel, ADA, null, Document.empty(), NOON)).isEqualTo(new Refusal.SessionInvalid());
    }

    @Test
    void another_players_session_is_invalid() {
        Session adas = wheel.session(ADA, NOON);

        assertThat(refusal(wheel, GRACE, adas, Document.empty(), NOON)).isEqualTo(new Refusal.SessionInvalid());
    }

    @Test
    void another_games_session_is_invalid() {
        Session elsewhere = Wheel.neverWinning().session(ADA, NOON);

        assertThat(refusal(wheel, ADA, elsewhere, Document.empty(), NOON)).isEqualTo(new Refusal.SessionInvalid());
    }

    @Test
    void a_session_expires_at_its_last_instant() {
        Session session = wheel.session(ADA, NOON);

        assertThat(refusal(wheel, ADA, session, Document.empty(), session.expiresAt()))
                .isEqualTo(new Refusal.SessionExpired(session.expiresAt()));
        assertThat(wheel.decide(session, PlayCounts.NONE, session.expiresAt().minusMillis(1)))
                .isInstanceOf(PlayDecision.Decided.class);
    }

    @Test
    void a_player_without_turns_is_refused() {
        Wheel once = Wheel.alwaysWinning(mug).with(new GameRules(1, 0, false, null, null));
        Session session = once.session(ADA, NOON);

        assertThat(once.decide(session, new PlayCounts(1, 0), NOON))
                .isEqualTo(new PlayDecision.Refused(new Refusal.OutOfTurns()));
    }

    @Test
    void an_input_field_that_no_part_of_the_shape_reads_is_refused_by_name() {
        Session session = wheel.session(ADA, NOON);

        Refusal refusal = refusal(wheel, ADA, session, Document.of("prize_id", "prize_1"), NOON);

        assertThat(refusal)
                .isInstanceOfSatisfying(
                        Refusal.InputRefused.class,
                        refused -> assertThat(refused.violations())
                                .singleElement()
                                .satisfies(violation ->
                                        assertThat(violation.field()).isEqualTo("payload.prize_id")));
    }

    private static Refusal refusal(
            Wheel wheel, PlayerId player, @Nullable Session session, Document input, Instant now) {
        var request = new PlayRequest(
                wheel.game(), player, session, input, "", PlayCounts.NONE, wheel.prizes(), new PlayId("play_1"));
        PlayDecision decision = Playing.play(request, now);
        assertThat(decision).isInstanceOf(PlayDecision.Refused.class);
        return ((PlayDecision.Refused) decision).why();
    }
}
