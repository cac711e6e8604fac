package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.engine.play.Wheel.NOON;
import static io.fanfare.store.play.LedgerFixture.allAtOnce;
import static io.fanfare.store.play.LedgerFixture.committed;
import static io.fanfare.store.play.LedgerFixture.onThreads;
import static io.fanfare.store.play.LedgerFixture.pending;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import io.fanfare.store.play.Turns.Grant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.fanfare.store.play.LedgerFixture#everyWayOnEveryDatabase")
class PlayRacesIT {

    private final StoreServer server;
    private final Transactions transactions;
    private final LedgerFixture fixture;

    PlayRacesIT(StoreServer server, Transactions transactions) {
        this.server = server;
        this.transactions = transactions;
        this.fixture = LedgerFixture.onSharedDatabase(server, transactions);
    }

    @Test
    void of_200_plays_for_the_last_unit_exactly_one_wins() throws Exception {
        Prize mug = Wheel.voucher("Mug");
        fixture.stock(mug, 1L);
        Wheel wheel = Wheel.alwaysWinning(mug);
        List<Callable<Outcome>> plays = players(200)
                .map(player -> fixture.decided(wheel, player))
                .<Callable<Outcome>>map(play -> () -> fixture.commit(play))
                .toList();

        List<Outcome> outcomes = allAtOnce(plays);

        assertThat(outcomes)
                .map(LedgerFixture::committed)
                .filteredOn(CommittedPlay::isWin)
                .hasSize(1);
        assertThat(fixture.remaining(mug)).contains(0L);
        assertThat(fixture.count(
                        "select count(*) from reward where tenant_id = ? and prize_id = ?",
                        ACME.value(),
                        mug.id().value()))
                .isEqualTo(1);
    }

    /** Of plenty nothing is locked until the end; what is left of it then is. */
    @Test
    void plenty_ends_with_the_last_unit_too() throws Exception {
        Prize mug = Wheel.voucher("Mug");
        long units = StockOfPrize.PLENTY + 100;
        fixture.stock(mug, units);
        Wheel wheel = Wheel.alwaysWinning(mug);
        List<Callable<List<Outcome>>> batches = IntStream.range(0, 60)
                .mapToObj(batch -> players(20)
                        .map(player -> pending(fixture.decided(wheel, new PlayerId(player.value() + "_" + batch))))
                        .toList())
                .<Callable<List<Outcome>>>map(plays -> () -> fixture.ledger().commit(plays))
                .toList();

        List<List<Outcome>> outcomes = onThreads(16, batches);

        assertThat(outcomes.stream().flatMap(List::stream))
                .map(LedgerFixture::committed)
                .filteredOn(CommittedPlay::isWin)
                .hasSize(Math.toIntExact(units));
        assertThat(fixture.remaining(mug)).contains(0L);
    }

    @Test
    void limits_are_exact_under_32_threads() throws Exception {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(9, 7, false, null, null));
        List<PendingPlay> plays = Stream.of(ADA, GRACE)
                .flatMap(player -> IntStream.range(0, 80).mapToObj(_ -> pending(fixture.decided(wheel, player))))
                .toList();
        List<Callable<Outcome>> shuffled = shuffled(plays).stream()
                .<Callable<Outcome>>map(play -> () -> fixture.commit(play))
                .toList();

        List<Outcome> outcomes = onThreads(32, shuffled);

        assertThat(outcomes).filteredOn(Outcome.Committed.class::isInstance).hasSize(14);
        assertThat(outcomes).filteredOn(Outcome.OutOfTurns.class::isInstance).hasSize(146);
        for (PlayerId player : List.of(ADA, GRACE)) {
            assertThat(fixture.ledger().counts(ACME, wheel.game().id(), player, NOON))
                    .isEqualTo(new PlayCounts(7, 7));
            assertThat(fixture.ledger().history(ACME, wheel.game().id(), player, null, 100))
                    .hasSize(7);
        }
    }

    @Test
    void caps_of_a_prize_are_exact_under_32_threads() throws Exception {
        Prize mug = Wheel.voucherCappedAt(3, 0, "Mug");
        fixture.stock(mug, 1_000L);
        Wheel wheel = Wheel.alwaysWinning(mug);
        List<Callable<Outcome>> plays = IntStream.range(0, 60)
                .mapToObj(_ -> fixture.decided(wheel, ADA))
                .<Callable<Outcome>>map(play -> () -> fixture.commit(play))
                .toList();

        List<Outcome> outcomes = onThreads(32, plays);

        assertThat(outcomes)
                .map(LedgerFixture::committed)
                .filteredOn(CommittedPlay::isWin)
                .hasSize(3);
        assertThat(fixture.remaining(mug)).contains(997L);
    }

    @Test
    void turns_are_exact_under_32_threads() throws Exception {
        Wheel wheel = Wheel.neverWinning().with(new GameRules(0, 0, false, null, null, true));
        PlayerId linus = new PlayerId("linus_" + wheel.game().id());
        CampaignId campaign = requireNonNull(wheel.game().campaign());
        List<Callable<Long>> grants = IntStream.range(0, 20)
                .<Callable<Long>>mapToObj(_ -> () -> fixture.turns()
                        .grant(new Grant(ACME, campaign, linus, 5, "quest_1", "the same quest, told often"))
                        .balance())
                .toList();
        allAtOnce(grants);
        List<Callable<Outcome>> plays = IntStream.range(0, 60)
                .mapToObj(_ -> fixture.decided(wheel, linus))
                .<Callable<Outcome>>map(play -> () -> fixture.commit(play))
                .toList();

        List<Outcome> outcomes = onThreads(32, plays);

        assertThat(outcomes).filteredOn(Outcome.Committed.class::isInstance).hasSize(5);
        assertThat(outcomes).filteredOn(Outcome.OutOfTurns.class::isInstance).hasSize(55);
        assertThat(fixture.turns().balance(ACME, campaign, linus)).isZero();
    }

    @Test
    void a_budget_is_exact_under_32_threads() throws Exception {
        Prize mug = Wheel.voucher("Mug");
        fixture.stock(mug, 1_000L);
        Wheel wheel = Wheel.alwaysWinning(mug).term("budget", 7 * mug.value() + 1);

        List<CommittedPlay> committed = playedAtOnce(wheel, 100);

        assertThat(committed).filteredOn(CommittedPlay::isWin).hasSize(7);
        assertThat(fixture.remaining(mug)).contains(993L);
    }

    @Test
    void each_moment_is_won_once_under_32_threads() throws Exception {
        Prize car = Wheel.voucher("Car");
        fixture.stock(car, 1_000L);
        List<Long> moments = LongStream.rangeClosed(1, 3)
                .mapToObj(n -> NOON.minusSeconds(n).getEpochSecond())
                .toList();
        Wheel wheel = Wheel.neverWinning()
                .knowing(car)
                .term("winning_moments", List.of(Map.of("prize_id", car.id().value(), "at", moments)));

        List<CommittedPlay> committed = playedAtOnce(wheel, 100);

        assertThat(committed).filteredOn(CommittedPlay::isWin).hasSize(3);
        assertThat(fixture.remaining(car)).contains(997L);
    }

    @Test
    void redraws_take_exactly_what_is_left_with_codes_and_without() throws Exception {
        Prize mug = Wheel.voucher("Mug");
        Prize coupon = Wheel.voucherWithCode("Coupon");
        fixture.stock(mug, 3L);
        fixture.stock(coupon, 1_000L);
        fixture.codes(coupon, List.of("A", "B", "C", "D"));
        Wheel wheel = Wheel.aWheel().slot(mug, 1).slot(coupon, 1).when(OnUnavailable.REDRAW);

        List<CommittedPlay> committed = playedAtOnce(wheel, 100);

        assertThat(committed).filteredOn(CommittedPlay::isWin).hasSize(7);
        assertThat(committed)
                .flatExtracting(CommittedPlay::rewards)
                .extracting(GrantedReward::code)
                .filteredOn(Objects::nonNull)
                .containsExactlyInAnyOrder("A", "B", "C", "D");
        assertThat(fixture.remaining(mug)).contains(0L);
        assertThat(fixture.remaining(coupon)).contains(996L);
    }

    private List<CommittedPlay> playedAtOnce(Wheel wheel, int plays) throws Exception {
        List<Callable<Outcome>> calls = players(plays)
                .map(player -> fixture.decided(wheel, player))
                .<Callable<Outcome>>map(play -> () -> fixture.commit(play))
                .toList();
        return onThreads(32, calls).stream().map(LedgerFixture::committed).toList();
    }

    @Test
    void of_100_twins_with_one_key_one_plays_and_all_get_its_answer() throws Exception {
        Wheel wheel = Wheel.neverWinning();
        Session session = fixture.opened(wheel, ADA);
        var claim = new IdempotencyClaim("twins-" + session.id(), "hash");
        List<Callable<Outcome>> twins = IntStream.range(0, 100)
                .mapToObj(_ -> pending(wheel.decided(session, NOON), claim))
                .<Callable<Outcome>>map(twin -> () -> fixture.commit(twin))
                .toList();

        List<Outcome> outcomes = allAtOnce(twins);

        List<CommittedPlay> committed = outcomes.stream()
                .filter(Outcome.Committed.class::isInstance)
                .map(LedgerFixture::committed)
                .toList();
        assertThat(committed).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Outcome.AnsweredBefore.class::isInstance)
                .hasSize(99)
                .allSatisfy(outcome -> assertThat(
                                ((Outcome.AnsweredBefore) outcome).answer().body())
                        .contains(committed.getFirst().id().value()));
        assertThat(fixture.ledger().counts(ACME, wheel.game().id(), ADA, NOON).ever())
                .isEqualTo(1);
    }

    @Test
    void a_session_that_100_want_to_play_is_played_once() throws Exception {
        Wheel wheel = Wheel.neverWinning();
        Session session = fixture.opened(wheel, ADA);
        List<Callable<Outcome>> plays = IntStream.range(0, 100)
                .mapToObj(_ -> wheel.decided(session, NOON))
                .<Callable<Outcome>>map(play -> () -> fixture.commit(play))
                .toList();

        List<Outcome> outcomes = allAtOnce(plays);

        assertThat(outcomes).filteredOn(Outcome.Committed.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Outcome.SessionConsumed.class::isInstance)
                .hasSize(99);
        assertThat(fixture.ledger().counts(ACME, wheel.game().id(), ADA, NOON)).isEqualTo(new PlayCounts(1, 1));
    }

    @Test
    void twins_in_one_batch_get_one_answer() {
        Wheel wheel = Wheel.neverWinning();
        Session session = fixture.opened(wheel, ADA);
        var claim = new IdempotencyClaim("batch-" + session.id(), "hash");
        List<PendingPlay> twins = IntStream.range(0, 3)
                .mapToObj(_ -> pending(wheel.decided(session, NOON), claim))
                .toList();

        List<Outcome> outcomes = fixture.ledger().commit(twins);

        CommittedPlay first = committed(outcomes.getFirst());
        assertThat(outcomes.subList(1, 3))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.AnsweredBefore.class,
                                before -> assertThat(before.answer().body())
                                        .contains(first.id().value())));
    }

    @Test
    void twenty_codes_go_to_20_of_50_winners() throws Exception {
        Prize coupon = Wheel.voucherWithCode("Coupon");
        fixture.stock(coupon, null);
        fixture.codes(coupon, IntStream.range(0, 20).mapToObj(i -> "CODE-" + i).toList());
        Wheel wheel = Wheel.alwaysWinning(coupon);
        List<Callable<Outcome>> plays = players(50)
                .map(player -> fixture.decided(wheel, player))
                .<Callable<Outcome>>map(play -> () -> fixture.commit(play))
                .toList();

        List<Outcome> outcomes = allAtOnce(plays);

        List<String> codes = outcomes.stream()
                .map(LedgerFixture::committed)
                .flatMap(play -> play.rewards().stream())
                .map(GrantedReward::code)
                .toList();
        assertThat(codes).hasSize(20).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(fixture.count(
                        "select count(*) from prize_code where prize_id = ? and reward_id is null",
                        coupon.id().value()))
                .isZero();
    }

    @Test
    void batches_that_want_the_same_things_in_any_order_all_get_through() throws Exception {
        List<Prize> prizes =
                IntStream.range(0, 4).mapToObj(i -> Wheel.voucher("Prize " + i)).toList();
        prizes.forEach(prize -> fixture.stock(prize, 50L));
        List<Wheel> wheels = prizes.stream().map(Wheel::alwaysWinning).toList();
        List<Callable<List<Outcome>>> batches = IntStream.range(0, 40)
                .mapToObj(batch -> shuffled(players(6)
                        .flatMap(player -> wheels.stream().map(wheel -> pending(fixture.decided(wheel, player))))
                        .toList()))
                .<Callable<List<Outcome>>>map(plays -> () -> fixture.ledger().commit(plays))
                .toList();

        List<Outcome> outcomes =
                onThreads(16, batches).stream().flatMap(List::stream).toList();

        assertThat(outcomes)
                .hasSize(40 * 24)
                .map(LedgerFixture::committed)
                .filteredOn(CommittedPlay::isWin)
                .hasSize(4 * 50);
        assertThat(prizes)
                .allSatisfy(prize -> assertThat(fixture.remaining(prize)).contains(0L));
    }

    @Test
    void numbers_have_no_gaps_across_batches() throws Exception {
        var own = LedgerFixture.onFreshDatabase(server, transactions);
        Prize points = Wheel.points(5);
        Wheel wheel = Wheel.aWheel().slot(points, 1).emptySlot(1);
        List<PlayerId> players = players(5).toList();
        List<Callable<List<Outcome>>> batches = IntStream.range(0, 60)
                .mapToObj(batch -> shuffled(players.stream()
                        .flatMap(player ->
                                Stream.of(pending(own.decided(wheel, player)), pending(own.decided(wheel, player))))
                        .toList()))
                .<Callable<List<Outcome>>>map(plays -> () -> own.ledger().commit(plays))
                .toList();

        List<CommittedPlay> plays = onThreads(16, batches).stream()
                .flatMap(List::stream)
                .map(LedgerFixture::committed)
                .toList();

        Map<PlayerId, List<CommittedPlay>> byPlayer = plays.stream().collect(groupingBy(CommittedPlay::player));
        assertThat(byPlayer.values()).allSatisfy(ofPlayer -> {
            assertThat(ofPlayer).map(CommittedPlay::sequence).containsExactlyInAnyOrderElementsOf(oneTo(120));
            List<Long> credits = walletNumbers(ofPlayer);
            assertThat(credits).containsExactlyInAnyOrderElementsOf(oneTo(credits.size()));
        });
    }

    private static List<Long> walletNumbers(List<CommittedPlay> plays) {
        return plays.stream()
                .map(CommittedPlay::walletNumber)
                .filter(number -> number != null)
                .map(CommittedPlay.WalletNumber::number)
                .toList();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static Stream<PlayerId> players(int count) {
        return IntStream.range(0, count).mapToObj(i -> new PlayerId("player" + i));
    }

    private static <T> List<T> shuffled(List<T> list) {
        var copy = new ArrayList<>(list);
        Collections.shuffle(copy, new Random(list.hashCode()));
        return copy;
    }
}
