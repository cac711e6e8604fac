package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.engine.play.Wheel.NOON;
import static io.fanfare.store.play.LedgerFixture.pending;
import static io.fanfare.store.play.LedgerFixture.winning;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Shelf;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.store.play.Verdict.Grant;
import io.fanfare.store.play.Verdict.Refused;
import io.fanfare.store.play.Verdict.Stands;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgingTest {

    private static final StockOfPrize PLENTY = new StockOfPrize(Shelf.UNLIMITED, Redemption.ON_CLAIM);

    @Test
    void an_earlier_play_of_the_batch_takes_the_last_turn() {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(3, 0, false, null, null));
        List<Candidate> twice = candidates(decided(wheel, ADA), decided(wheel, ADA));
        Holdings playedTwice = playedBefore(twice.getFirst().playsOfGame(), new Count(2, 0, 0, 0));

        List<Verdict> verdicts = new Judging(playedTwice).judge(twice);

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
        Judging judging = new Judging(Holdings.NOTHING);

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
        Holdings holdings =
                stocked(Map.of(key, PLENTY)).withCodes(Map.of(key, new CodePool(List.of("FIRST", "SECOND"), false)));

        List<Verdict> verdicts = new Judging(holdings).judge(candidates(failing, winner));

        assertThat(verdicts.getFirst())
                .isEqualTo(new Refused(new Outcome.PrizeUnavailable(gone.id(), Unavailability.OUT_OF_STOCK)));
        assertThat(((Stands) verdicts.getLast()).grants())
                .extracting(Grant::code)
                .containsExactly("FIRST");
    }

    @Test
    void as_long_as_nobody_asked_for_codes_the_demand_is_what_stock_and_caps_leave() {
        Prize coupon = Wheel.voucherWithCode("Coupon");
        var key = new PrizeKey(ACME, coupon.id());
        Holdings twoLeft = stocked(Map.of(key, new StockOfPrize(2, Redemption.ON_CLAIM)));
        Wheel wheel = Wheel.alwaysWinning(coupon);
        var judging = new Judging(twoLeft);

        judging.judge(candidates(decided(wheel, ADA), decided(wheel, GRACE), decided(wheel, new PlayerId("linus"))));

        assertThat(judging.codesTaken()).isEqualTo(Map.of(key, 2L));
        assertThat(twoLeft.codesOf(key).holds(2)).isFalse();
    }

    @Test
    void a_pool_that_is_all_there_is_runs_out() {
        Prize coupon = Wheel.voucherWithCode("Coupon");
        var key = new PrizeKey(ACME, coupon.id());
        Wheel wheel = Wheel.alwaysWinning(coupon);
        Holdings lastCode = stocked(Map.of(key, PLENTY)).withCodes(Map.of(key, new CodePool(List.of("LAST"), true)));
        var judging = new Judging(lastCode);

        List<Verdict> verdicts = judging.judge(candidates(decided(wheel, ADA), decided(wheel, GRACE)));

        assertThat(((Stands) verdicts.getFirst()).grants())
                .extracting(Grant::code)
                .containsExactly("LAST");
        assertThat(((Stands) verdicts.getLast()).unavailable())
                .containsExactly(new Unavailable(coupon.id(), Unavailability.NO_CODE));
        assertThat(judging.codesTaken()).isEqualTo(Map.of(key, 1L));
    }

    @Test
    void a_cap_counts_what_was_won_before_and_in_this_play() {
        Prize mug = Wheel.voucherCappedAt(2, 0, "Mug");
        List<Candidate> one =
                candidates(winning(decided(Wheel.neverWinning(), ADA), new Award(mug, 1), new Award(mug, 1)));
        var key = new PrizeKey(ACME, mug.id());
        var wonOnce = new Holdings(
                Map.of(),
                Map.of(),
                Map.of(new CounterKey(ACME, mug.id().value(), ADA), new Count(1, 0, 1, 0)),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(key, PLENTY),
                Map.of());

        Verdict verdict = new Judging(wonOnce).judge(one).getFirst();

        assertThat(verdict).isInstanceOfSatisfying(Stands.class, stands -> {
            assertThat(stands.grants()).hasSize(1);
            assertThat(stands.unavailable()).containsExactly(new Unavailable(mug.id(), Unavailability.CAPPED));
        });
    }

    @Test
    void a_cap_counts_what_earlier_plays_of_the_batch_have_won() {
        Prize everTwice = Wheel.voucherCappedAt(2, 0, "Mug");
        Prize onceADay = Wheel.voucherCappedAt(0, 1, "Cap");
        Holdings plenty =
                stocked(Map.of(new PrizeKey(ACME, everTwice.id()), PLENTY, new PrizeKey(ACME, onceADay.id()), PLENTY));
        Wheel mugs = Wheel.alwaysWinning(everTwice);
        Wheel caps = Wheel.alwaysWinning(onceADay);

        List<Verdict> verdicts = new Judging(plenty)
                .judge(candidates(
                        decided(mugs, ADA),
                        decided(mugs, ADA),
                        decided(mugs, ADA),
                        decided(caps, ADA),
                        decided(caps, ADA),
                        decided(caps, GRACE)));

        assertThat(verdicts)
                .map(Stands.class::cast)
                .map(stands -> stands.grants().size())
                .containsExactly(1, 1, 0, 1, 0, 1);
    }

    @Test
    void each_play_of_the_batch_has_a_code_of_its_own() {
        Prize coupon = Wheel.voucherWithCode("Coupon");
        var key = new PrizeKey(ACME, coupon.id());
        Wheel wheel = Wheel.alwaysWinning(coupon);
        Holdings twoCodes =
                stocked(Map.of(key, PLENTY)).withCodes(Map.of(key, new CodePool(List.of("FIRST", "SECOND"), true)));

        List<Verdict> verdicts = new Judging(twoCodes).judge(candidates(decided(wheel, ADA), decided(wheel, GRACE)));

        assertThat(verdicts)
                .map(Stands.class::cast)
                .flatMap(Stands::grants)
                .extracting(Grant::code)
                .containsExactly("FIRST", "SECOND");
    }

    @Test
    void a_session_is_played_by_one_play_of_the_batch() {
        Wheel wheel = Wheel.neverWinning();
        Session session = wheel.session(ADA, NOON);

        List<Verdict> verdicts = new Judging(Holdings.NOTHING)
                .judge(candidates(decided(wheel, session, ""), decided(wheel, session, "")));

        assertThat(verdicts.getFirst()).isInstanceOf(Stands.class);
        assertThat(verdicts.getLast()).isEqualTo(new Refused(new Outcome.SessionConsumed()));
    }

    @Test
    void a_play_that_fails_fixes_the_client_seed_for_the_next_one_of_its_session() {
        Prize gone = Wheel.voucher("Gone");
        Wheel wheel = Wheel.alwaysWinning(gone).failingWhenUnavailable();
        Session session = wheel.session(ADA, NOON);
        var judging = new Judging(Holdings.NOTHING);

        List<Verdict> verdicts =
                judging.judge(candidates(decided(wheel, session, "lucky"), decided(wheel, session, "luckier")));

        assertThat(verdicts.getLast()).isEqualTo(new Refused(new Outcome.ClientSeedFixed()));
        assertThat(judging.seedsFixed()).containsExactly(Map.entry(new SessionKey(ACME, session.id()), "lucky"));
    }

    @Test
    void a_redraw_goes_to_what_earlier_plays_of_the_batch_have_left() {
        Prize rare = Wheel.voucher("Rare");
        Prize mug = Wheel.voucher("Mug");
        Wheel wheel = Wheel.aWheel().slot(rare, 1_000_000).slot(mug, 1).when(OnUnavailable.REDRAW);
        Holdings oneRare = stocked(Map.of(
                new PrizeKey(ACME, rare.id()), new StockOfPrize(1, Redemption.ON_CLAIM),
                new PrizeKey(ACME, mug.id()), new StockOfPrize(1, Redemption.ON_CLAIM)));

        List<Verdict> verdicts = new Judging(oneRare)
                .judge(candidates(decided(wheel, ADA), decided(wheel, GRACE), decided(wheel, new PlayerId("linus"))));

        assertThat(verdicts)
                .map(Stands.class::cast)
                .map(stands -> stands.grants().stream()
                        .map(grant -> grant.award().prize().id())
                        .toList())
                .containsExactly(List.of(rare.id()), List.of(mug.id()), List.of());
    }

    @Test
    void a_turn_is_taken_by_one_play_of_the_batch() {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(0, 0, false, null, null, true));
        List<Candidate> twice = candidates(decided(wheel, ADA), decided(wheel, ADA));
        TurnKey adas = twice.getFirst().turns().orElseThrow();
        var oneTurn =
                new Holdings(Map.of(), Map.of(), Map.of(), Map.of(adas, 1L), Map.of(), Map.of(), Map.of(), Map.of());
        var judging = new Judging(oneTurn);

        List<Verdict> verdicts = judging.judge(twice);

        assertThat(verdicts.getFirst()).isInstanceOf(Stands.class);
        assertThat(verdicts.getLast()).isEqualTo(new Refused(new Outcome.OutOfTurns()));
        assertThat(judging.turnsTaken()).isEqualTo(Map.of(adas, 1L));
    }

    private static Holdings playedBefore(CounterKey counter, Count plays) {
        return new Holdings(
                Map.of(), Map.of(counter, plays), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    private static Holdings stocked(Map<PrizeKey, StockOfPrize> stock) {
        return new Holdings(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), stock, Map.of());
    }

    private static DecidedPlay decided(Wheel wheel, Session session, String clientSeed) {
        return switch (wheel.decide(session, clientSeed, NOON)) {
            case PlayDecision.Decided(DecidedPlay play) -> play;
            case PlayDecision.Caught _, PlayDecision.Refused _ -> throw new AssertionError("the wheel refuses a play");
        };
    }

    private static DecidedPlay decided(Wheel wheel, PlayerId player) {
        return decided(wheel, wheel.session(player, NOON), "");
    }

    private static List<Candidate> candidates(DecidedPlay... plays) {
        return IntStream.range(0, plays.length)
                .mapToObj(place -> new Candidate(place, pending(plays[place])))
                .toList();
    }
}
