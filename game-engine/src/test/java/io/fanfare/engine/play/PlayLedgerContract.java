package io.fanfare.engine.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.engine.play.Wheel.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.PlayLedger.Opening;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.prize.Prize;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every ledger does, in memory or in a database. */
public abstract class PlayLedgerContract {

    private static final Instant FIRST_OF_NEXT =
            NOON.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    private static final Instant LAST_OF_DAY = FIRST_OF_NEXT.minusMillis(1);

    protected abstract PlayLedger ledger();

    /** Makes a prize known to the ledger, with this many units; null = unlimited. */
    protected abstract void stocked(Prize prize, @Nullable Long units);

    /** Adds free codes for a prize that is known to the ledger. */
    protected abstract void withCodes(Prize prize, List<String> codes);

    /** Units left; empty where unlimited. */
    protected abstract Optional<Long> remaining(Prize prize);

    @Test
    void an_opened_session_is_found_by_its_tenant_only() {
        Session session = opened(Wheel.neverWinning(), ADA);

        assertThat(ledger().session(ACME, session.id())).contains(session);
        assertThat(ledger().session(new TenantId("rival"), session.id())).isEmpty();
    }

    @Test
    void a_losing_play_consumes_its_session_and_counts() {
        Wheel wheel = Wheel.neverWinning();
        Session session = opened(wheel, ADA);

        CommittedPlay play = committed(commit(wheel.decided(session, NOON)));

        assertThat(play.isWin()).isFalse();
        assertThat(play.walletNumber()).isNull();
        assertThat(play.metadata().values()).containsEntry("slot_index", 0L);
        assertThat(ledger().session(ACME, session.id()).orElseThrow().consumedAt())
                .isEqualTo(NOON);
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, NOON)).isEqualTo(new PlayCounts(1, 1));
    }

    @Test
    void a_session_is_played_once() {
        Wheel wheel = Wheel.neverWinning();
        Session session = opened(wheel, ADA);
        commit(wheel.decided(session, NOON));

        Outcome again = commit(wheel.decided(session, NOON));

        assertThat(again).isInstanceOf(Outcome.SessionConsumed.class);
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, NOON).ever()).isEqualTo(1);
    }

    @Test
    void yesterdays_plays_do_not_count_today() {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(0, 1, false, null, null));
        Instant tomorrow = NOON.plus(Duration.ofDays(1));
        commit(wheel.decided(opened(wheel, ADA), NOON));

        Outcome sameDay = commit(wheel.decided(opened(wheel, ADA), NOON));
        Session later = opened(wheel, ADA, tomorrow);
        Outcome nextDay = commit(wheel.decided(later, tomorrow));

        assertThat(sameDay).isInstanceOf(Outcome.OutOfTurns.class);
        committed(nextDay);
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, tomorrow)).isEqualTo(new PlayCounts(2, 1));
    }

    @Test
    void a_day_ends_at_midnight_within_a_batch_too() {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(0, 1, false, null, null));
        List<PendingPlay> plays = Stream.of(LAST_OF_DAY, FIRST_OF_NEXT, LAST_OF_DAY, FIRST_OF_NEXT)
                .map(at -> pending(wheel.decided(opened(wheel, ADA, at), at)))
                .toList();

        List<Outcome> outcomes = ledger().commit(plays);

        assertThat(outcomes.subList(0, 2)).allSatisfy(PlayLedgerContract::committed);
        assertThat(outcomes.subList(2, 4))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.OutOfTurns.class));
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, LAST_OF_DAY)).isEqualTo(new PlayCounts(2, 1));
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, FIRST_OF_NEXT)).isEqualTo(new PlayCounts(2, 1));
    }

    @Test
    void a_play_that_is_committed_after_midnight_counts_on_the_day_on_which_it_was_played() {
        Prize mug = Wheel.voucherCappedAt(0, 1, "Mug");
        stocked(mug, 10L);
        Wheel wheel = Wheel.alwaysWinning(mug).with(new GameRules(0, 2, false, null, null));
        CommittedPlay today = committed(commit(wheel.decided(opened(wheel, ADA, FIRST_OF_NEXT), FIRST_OF_NEXT)));

        CommittedPlay late = committed(commit(wheel.decided(opened(wheel, ADA, LAST_OF_DAY), LAST_OF_DAY)));
        CommittedPlay capped = committed(commit(wheel.decided(opened(wheel, ADA, LAST_OF_DAY), LAST_OF_DAY)));
        Outcome outOfTurns = commit(wheel.decided(opened(wheel, ADA, LAST_OF_DAY), LAST_OF_DAY));

        assertThat(today.isWin()).isTrue();
        assertThat(late.isWin()).isTrue();
        assertThat(capped.unavailable())
                .containsExactly(new CommittedPlay.Unavailable(mug.id(), Unavailability.CAPPED));
        assertThat(outOfTurns).isInstanceOf(Outcome.OutOfTurns.class);
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, LAST_OF_DAY)).isEqualTo(new PlayCounts(3, 2));
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, FIRST_OF_NEXT)).isEqualTo(new PlayCounts(3, 1));
    }

    @Test
    void a_play_without_turns_leaves_its_session_open() {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(1, 0, false, null, null));
        commit(wheel.decided(opened(wheel, ADA), NOON));
        Session session = opened(wheel, ADA);

        Outcome refused = commit(wheel.decided(session, NOON));

        assertThat(refused).isInstanceOf(Outcome.OutOfTurns.class);
        assertThat(ledger().session(ACME, session.id()).orElseThrow().consumedAt())
                .isNull();
    }

    @Test
    void a_win_takes_a_unit_from_stock() {
        Prize mug = Wheel.voucher("Mug");
        stocked(mug, 3L);
        Wheel wheel = Wheel.alwaysWinning(mug);

        CommittedPlay play = committed(commit(wheel.decided(opened(wheel, ADA), NOON)));

        assertThat(play.rewards()).singleElement().satisfies(reward -> {
            assertThat(reward.prize()).isEqualTo(mug.id());
            assertThat(reward.name()).isEqualTo("Mug");
            assertThat(reward.quantity()).isEqualTo(1);
            assertThat(reward.code()).isNull();
        });
        assertThat(remaining(mug)).contains(2L);
    }

    @Test
    void a_win_beyond_the_stock_is_no_win() {
        Prize mug = Wheel.voucher("Mug");
        stocked(mug, 1L);
        Wheel wheel = Wheel.alwaysWinning(mug);
        commit(wheel.decided(opened(wheel, ADA), NOON));

        CommittedPlay second = committed(commit(wheel.decided(opened(wheel, GRACE), NOON)));

        assertThat(second.isWin()).isFalse();
        assertThat(second.unavailable())
                .containsExactly(new CommittedPlay.Unavailable(mug.id(), Unavailability.OUT_OF_STOCK));
        assertThat(remaining(mug)).contains(0L);
    }

    @Test
    void a_game_that_fails_when_unavailable_consumes_nothing() {
        Prize mug = Wheel.voucher("Mug");
        stocked(mug, 0L);
        Wheel wheel = Wheel.alwaysWinning(mug).failingWhenUnavailable();
        Session session = opened(wheel, ADA);

        Outcome failed = commit(wheel.decided(session, NOON));

        assertThat(failed).isEqualTo(new Outcome.PrizeUnavailable(mug.id(), Unavailability.OUT_OF_STOCK));
        assertThat(ledger().session(ACME, session.id()).orElseThrow().consumedAt())
                .isNull();
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, NOON)).isEqualTo(PlayCounts.NONE);
    }

    @Test
    void a_player_wins_no_more_than_the_cap() {
        Prize mug = Wheel.voucherCappedAt(1, 0, "Mug");
        stocked(mug, 10L);
        Wheel wheel = Wheel.alwaysWinning(mug);

        CommittedPlay first = committed(commit(wheel.decided(opened(wheel, ADA), NOON)));
        CommittedPlay second = committed(commit(wheel.decided(opened(wheel, ADA), NOON)));
        CommittedPlay anothers = committed(commit(wheel.decided(opened(wheel, GRACE), NOON)));

        assertThat(first.isWin()).isTrue();
        assertThat(second.unavailable())
                .containsExactly(new CommittedPlay.Unavailable(mug.id(), Unavailability.CAPPED));
        assertThat(anothers.isWin()).isTrue();
        assertThat(remaining(mug)).contains(8L);
    }

    @Test
    void each_code_goes_to_one_player_and_no_voucher_goes_out_without_one() {
        Prize coupon = Wheel.voucherWithCode("Coupon");
        stocked(coupon, null);
        withCodes(coupon, List.of("SPRING-1", "SPRING-2"));
        Wheel wheel = Wheel.alwaysWinning(coupon);

        List<CommittedPlay> plays = Stream.generate(() -> commit(wheel.decided(opened(wheel, ADA), NOON)))
                .limit(3)
                .map(PlayLedgerContract::committed)
                .toList();

        assertThat(plays.stream().flatMap(play -> play.rewards().stream()).map(GrantedReward::code))
                .containsExactlyInAnyOrder("SPRING-1", "SPRING-2");
        assertThat(plays.getLast().unavailable())
                .containsExactly(new CommittedPlay.Unavailable(coupon.id(), Unavailability.NO_CODE));
    }

    @Test
    void points_take_the_next_number_of_the_wallet() {
        Prize points = Wheel.points(25);
        stocked(points, null);
        Wheel wheel = Wheel.alwaysWinning(points);
        PlayerId linus = new PlayerId("linus_" + wheel.game().id().value());

        CommittedPlay first = committed(commit(wheel.decided(opened(wheel, linus), NOON)));
        CommittedPlay second = committed(commit(wheel.decided(opened(wheel, linus), NOON)));

        assertThat(first.rewards())
                .singleElement()
                .extracting(GrantedReward::credit)
                .isEqualTo(25L);
        assertThat(first.walletNumber()).isEqualTo(new WalletNumber("camp_spring", 1));
        assertThat(second.walletNumber()).isEqualTo(new WalletNumber("camp_spring", 2));
        assertThat(List.of(first.sequence(), second.sequence())).containsExactly(1L, 2L);
    }

    @Test
    void one_batch_with_two_plays_for_the_last_unit_has_one_winner() {
        Prize mug = Wheel.voucher("Mug");
        stocked(mug, 1L);
        Wheel wheel = Wheel.alwaysWinning(mug);
        DecidedPlay adas = wheel.decided(opened(wheel, ADA), NOON);
        DecidedPlay graces = wheel.decided(opened(wheel, GRACE), NOON);

        List<Outcome> outcomes = ledger().commit(List.of(pending(adas), pending(graces)));

        assertThat(outcomes.stream().map(PlayLedgerContract::committed).map(CommittedPlay::isWin))
                .containsExactlyInAnyOrder(true, false);
        assertThat(remaining(mug)).contains(0L);
    }

    @Test
    void a_bad_play_refuses_only_itself() {
        Wheel wheel = Wheel.neverWinning();
        Session used = opened(wheel, ADA);
        commit(wheel.decided(used, NOON));
        DecidedPlay bad = wheel.decided(used, NOON);
        DecidedPlay good = wheel.decided(opened(wheel, GRACE), NOON);

        List<Outcome> outcomes = ledger().commit(List.of(pending(bad), pending(good)));

        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.SessionConsumed.class);
        committed(outcomes.getLast());
    }

    @Test
    void one_session_twice_in_a_batch_is_played_once() {
        Wheel wheel = Wheel.neverWinning();
        Session session = opened(wheel, ADA);
        var twice = List.of(pending(wheel.decided(session, NOON)), pending(wheel.decided(session, NOON)));

        List<Outcome> outcomes = ledger().commit(twice);

        assertThat(outcomes).hasOnlyElementsOfTypes(Outcome.Committed.class, Outcome.SessionConsumed.class);
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, NOON).ever()).isEqualTo(1);
    }

    @Test
    void a_repeated_request_gets_the_first_answer() {
        Wheel wheel = Wheel.neverWinning();
        DecidedPlay play = wheel.decided(opened(wheel, ADA), NOON);
        var claim = new IdempotencyClaim("key-" + play.id(), "hash");
        commit(play, claim);

        Outcome again = commit(wheel.decided(opened(wheel, ADA), NOON), claim);
        Outcome other =
                commit(wheel.decided(opened(wheel, ADA), NOON), new IdempotencyClaim(claim.key(), "another hash"));

        assertThat(again)
                .isEqualTo(
                        new Outcome.AnsweredBefore(new KeptAnswer(200, "{\"play_id\":\"%s\"}".formatted(play.id()))));
        assertThat(other).isInstanceOf(Outcome.KeyReused.class);
        assertThat(ledger().counts(ACME, wheel.game().id(), ADA, NOON).ever()).isEqualTo(1);
    }

    @Test
    void a_refused_play_does_not_use_up_its_key() {
        Wheel wheel = Wheel.neverWinning();
        Session used = opened(wheel, ADA);
        commit(wheel.decided(used, NOON));
        var claim = new IdempotencyClaim("key-" + used.id(), "hash");

        Outcome refused = commit(wheel.decided(used, NOON), claim);
        Outcome retried = commit(wheel.decided(opened(wheel, ADA), NOON), claim);

        assertThat(refused).isInstanceOf(Outcome.SessionConsumed.class);
        committed(retried);
    }

    @Test
    void history_is_paged_from_the_newest() {
        Wheel wheel = Wheel.neverWinning();
        List<PlayId> played = IntStream.range(0, 5)
                .mapToObj(i -> committed(commit(wheel.decided(opened(wheel, ADA), NOON.plusSeconds(i)))))
                .map(CommittedPlay::id)
                .toList();
        commit(wheel.decided(opened(wheel, GRACE), NOON));

        List<CommittedPlay> first = ledger().history(ACME, wheel.game().id(), ADA, null, 3);
        List<CommittedPlay> rest =
                ledger().history(ACME, wheel.game().id(), ADA, first.getLast().id(), 3);

        assertThat(first).extracting(CommittedPlay::id).containsExactly(played.get(4), played.get(3), played.get(2));
        assertThat(rest).extracting(CommittedPlay::id).containsExactly(played.get(1), played.get(0));
    }

    @Test
    void of_many_at_once_exactly_one_wins_the_last_unit() throws Exception {
        Prize mug = Wheel.voucher("Mug");
        stocked(mug, 1L);
        Wheel wheel = Wheel.alwaysWinning(mug);
        List<Callable<Outcome>> plays = IntStream.range(0, 50)
                .mapToObj(i -> wheel.decided(opened(wheel, new PlayerId("player" + i)), NOON))
                .<Callable<Outcome>>map(play -> () -> commit(play))
                .toList();

        List<Outcome> outcomes = allAtOnce(plays);

        assertThat(outcomes)
                .map(PlayLedgerContract::committed)
                .filteredOn(CommittedPlay::isWin)
                .hasSize(1);
        assertThat(remaining(mug)).contains(0L);
    }

    @Test
    void many_plays_of_one_player_at_once_are_numbered_without_gaps() throws Exception {
        Prize points = Wheel.points(1);
        stocked(points, null);
        Wheel wheel = Wheel.alwaysWinning(points);
        PlayerId linus = new PlayerId("linus_" + wheel.game().id().value());
        List<Callable<Outcome>> plays = IntStream.range(0, 40)
                .mapToObj(_ -> wheel.decided(opened(wheel, linus), NOON))
                .<Callable<Outcome>>map(play -> () -> commit(play))
                .toList();

        List<CommittedPlay> committed =
                allAtOnce(plays).stream().map(PlayLedgerContract::committed).toList();

        Long[] oneToForty = IntStream.rangeClosed(1, 40).mapToObj(Long::valueOf).toArray(Long[]::new);
        assertThat(committed).extracting(CommittedPlay::sequence).containsExactlyInAnyOrder(oneToForty);
        assertThat(committed)
                .extracting(play ->
                        play.walletNumber() == null ? 0L : play.walletNumber().number())
                .containsExactlyInAnyOrder(oneToForty);
    }

    @Test
    void a_start_that_is_repeated_under_its_key_opens_nothing_and_is_answered_as_before() {
        Wheel wheel = Wheel.alwaysWinning(Wheel.points(1));
        Session first = wheel.session(ADA, NOON);
        Session second = wheel.session(ADA, NOON);
        var claim = new IdempotencyClaim("start-" + first.id().value(), "hash");

        Opening opened = ledger().open(List.of(start(first, claim, "first"))).getFirst();
        Opening repeated =
                ledger().open(List.of(start(second, claim, "second"))).getFirst();

        assertThat(opened).isEqualTo(new Opening.Opened());
        assertThat(repeated).isEqualTo(new Opening.AnsweredBefore(new KeptAnswer(200, "first")));
        assertThat(ledger().session(first.tenant(), first.id())).isPresent();
        assertThat(ledger().session(second.tenant(), second.id())).isEmpty();
    }

    @Test
    void a_key_of_another_request_opens_nothing() {
        Wheel wheel = Wheel.alwaysWinning(Wheel.points(1));
        Session first = wheel.session(ADA, NOON);
        Session second = wheel.session(ADA, NOON);
        String key = "start-" + first.id().value();

        ledger().open(List.of(start(first, new IdempotencyClaim(key, "hash"), "first")));
        Opening other = ledger().open(List.of(start(second, new IdempotencyClaim(key, "other"), "second")))
                .getFirst();

        assertThat(other).isEqualTo(new Opening.KeyReused());
        assertThat(ledger().session(second.tenant(), second.id())).isEmpty();
    }

    @Test
    void twins_in_one_batch_open_one_session() {
        Wheel wheel = Wheel.alwaysWinning(Wheel.points(1));
        Session first = wheel.session(ADA, NOON);
        Session second = wheel.session(ADA, NOON);
        var claim = new IdempotencyClaim("start-" + first.id().value(), "hash");

        List<Opening> openings = ledger().open(List.of(start(first, claim, "first"), start(second, claim, "second")));

        assertThat(openings)
                .containsExactly(new Opening.Opened(), new Opening.AnsweredBefore(new KeptAnswer(200, "first")));
        assertThat(ledger().session(second.tenant(), second.id())).isEmpty();
    }

    @Test
    void a_session_that_cannot_be_kept_does_not_keep_out_the_others() {
        Wheel wheel = Wheel.alwaysWinning(Wheel.points(1));
        Session there = opened(wheel, ADA);
        Session another = wheel.session(ADA, NOON);

        List<Opening> openings =
                ledger().open(List.of(PendingStart.withoutKey(there), PendingStart.withoutKey(another)));

        assertThat(openings.getLast()).isEqualTo(new Opening.Opened());
        assertThat(ledger().session(another.tenant(), another.id())).isPresent();
    }

    private static PendingStart start(Session session, IdempotencyClaim claim, String body) {
        return new PendingStart(session, claim, new KeptAnswer(200, body));
    }

    private Session opened(Wheel wheel, PlayerId player) {
        return opened(wheel, player, NOON);
    }

    private Session opened(Wheel wheel, PlayerId player, Instant now) {
        Session session = wheel.session(player, now);
        ledger().open(session);
        return session;
    }

    private Outcome commit(DecidedPlay play) {
        return ledger().commit(List.of(pending(play))).getFirst();
    }

    private Outcome commit(DecidedPlay play, IdempotencyClaim claim) {
        return ledger().commit(List.of(pending(play, claim))).getFirst();
    }

    private static PendingPlay pending(DecidedPlay play) {
        return pending(play, null);
    }

    private static PendingPlay pending(DecidedPlay play, @Nullable IdempotencyClaim claim) {
        return new PendingPlay(
                play, claim, committed -> new KeptAnswer(200, "{\"play_id\":\"%s\"}".formatted(committed.id())), null);
    }

    private static CommittedPlay committed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        return ((Outcome.Committed) outcome).play();
    }

    private static List<Outcome> allAtOnce(List<Callable<Outcome>> plays) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> futures = threads.invokeAll(plays);
            return futures.stream().map(Future::resultNow).toList();
        }
    }
}
