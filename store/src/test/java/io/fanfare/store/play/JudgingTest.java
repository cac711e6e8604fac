package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.engine.play.Wheel.NOON;
import static io.fanfare.store.play.LedgerFixture.pending;
import static io.fanfare.store.play.LedgerFixture.winning;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.play.Verdict.Grant;
import io.fanfare.store.play.Verdict.Refused;
import io.fanfare.store.play.Verdict.Stands;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgingTest {

    private static final Holdings NOTHING = new Holdings(Map.of(), Map.of(), Map.of(), Map.of());

    @Test
    void an_earlier_play_of_the_batch_takes_the_last_turn() {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(3, 0, false, null, null));
        List<Candidate> twice = candidates(decided(wheel, ADA), decided(wheel, ADA));
        var playedTwice = new Holdings(Map.of(twice.getFirst().playsEver(), 2L), Map.of(), Map.of(), Map.of());

        List<Verdict> verdicts = Judging.of(playedTwice).judge(twice);

        assertThat(verdicts.getFirst()).isInstanceOf(Stands.class);
        assertThat(verdicts.getLast()).isEqualTo(new Refused(new Outcome.OutOfTurns()));
    }

    @Test
    void a_refused_play_takes_no_turn() {
        Prize gone = Wheel.voucher("Gone");
        Wheel wheel = Wheel.neverWinning()
                .with(new GameRules(1, 0, false, null, null))
                .failingWhenUnavailable();
        DecidedPlay failing = winning(decided(wheel, ADA), new Award(gone, 1));
        Judging judging = Judging.of(NOTHING);

        List<Verdict> verdicts = judging.judge(candidates(failing, decided(wheel, ADA)));

        assertThat(verdicts.getFirst()).isInstanceOf(Refused.class);
        assertThat(verdicts.getLast()).isInstanceOf(Stands.class);
        assertThat(judging.unitsTaken().values()).allMatch(units -> units == 0);
    }

    @Test
    void codes_go_out_in_order_and_come_back_from_a_play_that_fails() {
        Prize coupon = Wheel.voucherWithCode("Coupon");
        Prize gone = Wheel.voucher("Gone");
        Wheel wheel = Wheel.neverWinning().failingWhenUnavailable();
        DecidedPlay failing = winning(decided(wheel, ADA), new Award(coupon, 1), new Award(gone, 1));
        DecidedPlay winner = winning(decided(wheel, GRACE), new Award(coupon, 1));
        var key = new PrizeKey(ACME, coupon.id());
        var holdings = new Holdings(
                Map.of(), Map.of(), Map.of(key, Holdings.UNLIMITED), Map.of(key, List.of("FIRST", "SECOND")));

        List<Verdict> verdicts = Judging.of(holdings).judge(candidates(failing, winner));

        assertThat(verdicts.getFirst())
                .isEqualTo(new Refused(new Outcome.PrizeUnavailable(gone.id(), Unavailability.OUT_OF_STOCK)));
        assertThat(((Stands) verdicts.getLast()).grants())
                .extracting(Grant::code)
                .containsExactly("FIRST");
    }

    @Test
    void before_codes_are_known_the_demand_is_what_stock_and_caps_leave() {
        Prize coupon = Wheel.voucherWithCode("Coupon");
        var key = new PrizeKey(ACME, coupon.id());
        var twoLeft = new Holdings(Map.of(), Map.of(), Map.of(key, 2L), Map.of());
        Wheel wheel = Wheel.alwaysWinning(coupon);
        Judging assuming = Judging.beforeCodes(twoLeft);

        assuming.judge(candidates(decided(wheel, ADA), decided(wheel, GRACE), decided(wheel, new PlayerId("linus"))));

        assertThat(assuming.codesTaken()).isEqualTo(Map.of(key, 2L));
    }

    @Test
    void a_cap_counts_what_was_won_before_and_in_this_play() {
        Prize mug = Wheel.voucherCappedAt(2, 0, "Mug");
        List<Candidate> one =
                candidates(winning(decided(Wheel.neverWinning(), ADA), new Award(mug, 1), new Award(mug, 1)));
        var key = new PrizeKey(ACME, mug.id());
        var wonOnce = new Holdings(
                Map.of(),
                Map.of(CounterKey.ever(ACME, mug.id().value(), ADA), 1L),
                Map.of(key, Holdings.UNLIMITED),
                Map.of());

        Verdict verdict = Judging.of(wonOnce).judge(one).getFirst();

        assertThat(verdict).isInstanceOfSatisfying(Stands.class, stands -> {
            assertThat(stands.grants()).hasSize(1);
            assertThat(stands.unavailable()).containsExactly(new Unavailable(mug.id(), Unavailability.CAPPED));
        });
    }

    private static DecidedPlay decided(Wheel wheel, PlayerId player) {
        return wheel.decided(wheel.session(player, NOON), NOON);
    }

    private static List<Candidate> candidates(DecidedPlay... plays) {
        return IntStream.range(0, plays.length)
                .mapToObj(place -> new Candidate(place, pending(plays[place])))
                .toList();
    }
}
