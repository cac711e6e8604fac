package io.fanfare.engine.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.engine.play.Wheel.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.campaign.CampaignTerms;
import io.fanfare.engine.campaign.Schedule;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.Instead;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every ledger does about turns, policies, budgets, moments and client seeds. */
public abstract class PlayTermsContract {

    private static final CampaignId SPRING = new CampaignId("camp_spring");

    protected abstract PlayLedger ledger();

    /** Makes a prize known to the ledger, with this many units; null = unlimited. */
    protected abstract void stocked(Prize prize, @Nullable Long units);

    /** Gives a player turns of a campaign. */
    protected abstract void grantTurns(CampaignId campaign, PlayerId player, long turns);

    @Test
    void each_play_takes_a_turn_where_the_game_takes_turns() {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(0, 0, false, null, null, true));
        PlayerId linus = new PlayerId("linus_" + wheel.game().id());
        grantTurns(SPRING, linus, 2);

        List<Outcome> outcomes = IntStream.range(0, 3)
                .mapToObj(_ -> commit(decided(wheel, opened(wheel, linus), NOON)))
                .toList();

        assertThat(outcomes)
                .hasExactlyElementsOfTypes(Outcome.Committed.class, Outcome.Committed.class, Outcome.OutOfTurns.class);
    }

    @Test
    void a_campaigns_limit_counts_the_plays_of_all_its_games() {
        var once = new CampaignTerms(
                CampaignTerms.Stage.RUNNING, null, null, new Schedule(List.of(), ZoneOffset.UTC), 1, 0, 0);
        Wheel one = Wheel.neverWinning().under(once);
        Wheel other = Wheel.neverWinning().under(once);
        PlayerId linus = new PlayerId("linus_" + one.game().id());

        Outcome first = commit(decided(one, opened(one, linus), NOON));
        Outcome second = commit(decided(other, opened(other, linus), NOON));

        assertThat(first).isInstanceOf(Outcome.Committed.class);
        assertThat(second).isInstanceOf(Outcome.OutOfTurns.class);
    }

    @Test
    void a_win_is_paid_into_the_wallet_that_the_campaign_says_unless_the_game_says_otherwise() {
        Prize points = Wheel.points(5);
        Wheel asTheCampaignSays = Wheel.alwaysWinning(points).under(payingInto(WalletScope.TENANT));
        Wheel asItSays = Wheel.alwaysWinning(points)
                .under(payingInto(WalletScope.TENANT))
                .payingInto(WalletScope.CAMPAIGN);

        CommittedPlay one = committed(commit(decided(asTheCampaignSays, opened(asTheCampaignSays, ADA), NOON)));
        CommittedPlay other = committed(commit(decided(asItSays, opened(asItSays, ADA), NOON)));

        assertThat(one.walletNumber()).extracting(WalletNumber::scopeKey).isEqualTo(ACME.value());
        assertThat(other.walletNumber()).extracting(WalletNumber::scopeKey).isEqualTo("camp_spring");
    }

    private static CampaignTerms payingInto(WalletScope scope) {
        return new CampaignTerms(
                CampaignTerms.Stage.RUNNING,
                null,
                null,
                new Schedule(List.of(), ZoneOffset.UTC),
                0,
                0,
                0,
                false,
                scope);
    }

    @Test
    void a_redraw_takes_what_is_left_and_the_wheel_stops_there() {
        Prize gone = Wheel.voucher("Gone");
        Prize mug = Wheel.voucher("Mug");
        stocked(gone, 0L);
        stocked(mug, 5L);
        Wheel wheel = Wheel.aWheel().slot(gone, 1_000_000).slot(mug, 1).when(OnUnavailable.REDRAW);

        CommittedPlay play = committed(commit(decided(wheel, opened(wheel, ADA), NOON)));

        assertThat(play.rewards()).extracting(GrantedReward::prize).containsExactly(mug.id());
        assertThat(play.metadata().values()).containsEntry("slot_index", 1L);
        assertThat(play.unavailable())
                .containsExactly(new Unavailable(gone.id(), Unavailability.OUT_OF_STOCK, Instead.REDRAWN));
    }

    @Test
    void where_nothing_is_left_to_redraw_the_win_is_lost() {
        Prize gone = Wheel.voucher("Gone");
        stocked(gone, 0L);
        Wheel wheel = Wheel.alwaysWinning(gone).when(OnUnavailable.REDRAW);

        CommittedPlay play = committed(commit(decided(wheel, opened(wheel, ADA), NOON)));

        assertThat(play.isWin()).isFalse();
        assertThat(play.unavailable()).containsExactly(new Unavailable(gone.id(), Unavailability.OUT_OF_STOCK));
    }

    @Test
    void a_fallback_prize_stands_in_until_it_is_gone_too() {
        Prize gone = Wheel.voucher("Gone");
        Prize sticker = Wheel.voucher("Sticker");
        stocked(gone, 0L);
        stocked(sticker, 1L);
        Wheel wheel = Wheel.alwaysWinning(gone)
                .knowing(sticker)
                .term("fallback_prize_id", sticker.id().value())
                .when(OnUnavailable.FALLBACK_PRIZE);

        CommittedPlay first = committed(commit(decided(wheel, opened(wheel, ADA), NOON)));
        CommittedPlay second = committed(commit(decided(wheel, opened(wheel, GRACE), NOON)));

        assertThat(first.rewards()).extracting(GrantedReward::prize).containsExactly(sticker.id());
        assertThat(first.unavailable())
                .containsExactly(new Unavailable(gone.id(), Unavailability.OUT_OF_STOCK, Instead.FALLBACK));
        assertThat(second.isWin()).isFalse();
        assertThat(second.unavailable())
                .containsExactly(
                        new Unavailable(gone.id(), Unavailability.OUT_OF_STOCK),
                        new Unavailable(sticker.id(), Unavailability.OUT_OF_STOCK));
    }

    @Test
    void a_budget_is_never_exceeded() {
        Prize mug = Wheel.voucher("Mug");
        stocked(mug, 100L);
        Wheel wheel = Wheel.alwaysWinning(mug).term("budget", 2 * mug.value() + 1);

        List<CommittedPlay> plays = IntStream.range(0, 4)
                .mapToObj(_ -> committed(commit(decided(wheel, opened(wheel, ADA), NOON))))
                .toList();

        assertThat(plays).extracting(CommittedPlay::isWin).containsExactly(true, true, false, false);
        assertThat(plays.getLast().unavailable())
                .containsExactly(new Unavailable(mug.id(), Unavailability.OVER_BUDGET));
    }

    @Test
    void a_moment_is_won_by_the_first_play_from_then_on_and_waits_for_the_next_player() {
        Prize car = Wheel.voucherCappedAt(1, 0, "Car");
        stocked(car, 10L);
        Instant first = NOON.plusSeconds(10);
        Instant second = NOON.plusSeconds(20);
        Wheel wheel = Wheel.neverWinning()
                .knowing(car)
                .term(
                        "winning_moments",
                        List.of(Map.of(
                                "prize_id",
                                car.id().value(),
                                "at",
                                List.of(first.getEpochSecond(), second.getEpochSecond()))));

        CommittedPlay early = committed(commit(decided(wheel, opened(wheel, ADA), NOON)));
        CommittedPlay adas = committed(commit(decided(wheel, opened(wheel, ADA), NOON.plusSeconds(15))));
        CommittedPlay adasNext = committed(commit(decided(wheel, opened(wheel, ADA), NOON.plusSeconds(25))));
        CommittedPlay graces = committed(commit(decided(wheel, opened(wheel, GRACE), NOON.plusSeconds(60))));
        CommittedPlay tooLate =
                committed(commit(decided(wheel, opened(wheel, new PlayerId("linus")), NOON.plusSeconds(61))));

        assertThat(List.of(early, adas, adasNext, graces, tooLate))
                .extracting(CommittedPlay::isWin)
                .containsExactly(false, true, false, true, false);
    }

    @Test
    void a_prize_with_moments_is_not_won_by_chance() {
        Prize car = Wheel.voucher("Car");
        stocked(car, 10L);
        Wheel wheel = Wheel.alwaysWinning(car)
                .term(
                        "winning_moments",
                        List.of(Map.of(
                                "prize_id",
                                car.id().value(),
                                "at",
                                List.of(NOON.plusSeconds(99).getEpochSecond()))));

        CommittedPlay play = committed(commit(decided(wheel, opened(wheel, ADA), NOON)));

        assertThat(play.unavailable()).containsExactly(new Unavailable(car.id(), Unavailability.NOT_DUE));
    }

    @Test
    void a_play_that_failed_has_fixed_its_luck() {
        Prize gone = Wheel.voucher("Gone");
        stocked(gone, 0L);
        Wheel wheel = Wheel.alwaysWinning(gone).failingWhenUnavailable();
        Session session = opened(wheel, ADA);
        DecidedPlay decidedBefore = play(wheel.decide(session, "unluckier", NOON));

        Outcome failed = commit(play(wheel.decide(session, "lucky", NOON)));
        Session fixed = ledger().session(ACME, session.id()).orElseThrow();
        Outcome other = commit(decidedBefore);

        assertThat(failed).isInstanceOf(Outcome.PrizeUnavailable.class);
        assertThat(fixed.clientSeed()).isEqualTo("lucky");
        assertThat(fixed.consumedAt()).isNull();
        assertThat(other).isInstanceOf(Outcome.ClientSeedFixed.class);
        assertThat(wheel.decide(fixed, "luckier", NOON)).isInstanceOf(PlayDecision.Refused.class);
        assertThat(play(wheel.decide(fixed, "", NOON)).clientSeed()).isEqualTo("lucky");
    }

    @Test
    void an_attempt_that_is_caught_makes_an_end_of_its_session_and_takes_no_turn() {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(0, 0, false, null, null, true));
        PlayerId linus = new PlayerId("linus_" + wheel.game().id());
        grantTurns(SPRING, linus, 1);
        Session session = opened(wheel, linus);
        DecidedPlay decided = decided(wheel, session, NOON);
        var caught = new CaughtPlay(
                decided.id(),
                wheel.game(),
                session,
                decided.input(),
                new Cheating("too fast", Map.of("duration_ms", "3")),
                NOON);

        boolean first = ledger().burn(caught, null);
        boolean again = ledger().burn(caught, null);
        Outcome late = commit(decided);
        Outcome next = commit(decided(wheel, opened(wheel, linus), NOON));

        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(late).isInstanceOf(Outcome.SessionConsumed.class);
        assertThat(next).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void every_play_can_be_recomputed_from_its_record() {
        Prize gone = Wheel.voucher("Gone");
        Prize mug = Wheel.voucherCappedAt(3, 0, "Mug");
        Prize sticker = Wheel.points(5);
        stocked(gone, 2L);
        stocked(mug, 100L);
        Wheel wheel = Wheel.aWheel()
                .slot(gone, 5)
                .slot(mug, 3)
                .slot(sticker, 1)
                .emptySlot(1)
                .when(OnUnavailable.REDRAW);
        Map<PrizeId, Prize> prizes = wheel.prizes();

        for (int i = 0; i < 40; i++) {
            Session session = opened(wheel, ADA);
            DecidedPlay decided = decided(wheel, session, NOON);
            CommittedPlay play = committed(commit(decided));

            assertThat(Recomputing.check(play, decided.game(), session, decided.clientSeed(), prizes))
                    .isEqualTo(new Recomputing.Finding.Matches());
        }
    }

    private static DecidedPlay decided(Wheel wheel, Session session, Instant now) {
        return play(wheel.decide(session, "", now));
    }

    private static DecidedPlay play(PlayDecision decision) {
        assertThat(decision).isInstanceOf(PlayDecision.Decided.class);
        return ((PlayDecision.Decided) decision).play();
    }

    private Session opened(Wheel wheel, PlayerId player) {
        Session session = wheel.session(player, NOON);
        ledger().open(session);
        return session;
    }

    private Outcome commit(DecidedPlay play) {
        return ledger().commit(List.of(new PendingPlay(play, null, _ -> new KeptAnswer(200, "{}"), null)))
                .getFirst();
    }

    private static CommittedPlay committed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        return ((Outcome.Committed) outcome).play();
    }
}
