package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.engine.play.Wheel.NOON;
import static io.fanfare.store.play.LedgerFixture.committed;
import static io.fanfare.store.play.LedgerFixture.pending;
import static io.fanfare.store.play.LedgerFixture.winning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CaughtPlay;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.schemas.Topics;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import io.fanfare.store.prize.RewardRecord;
import io.fanfare.store.wallet.WalletNumbers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

/** What a commit leaves in the tables, and what a refused or failed one does not. */
@OnEveryDatabase
class PlayEffectsIT {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final LedgerFixture fixture;

    PlayEffectsIT(StoreServer server) {
        this.fixture = LedgerFixture.onFreshDatabase(server, Transactions.EACH_ITS_OWN);
    }

    @Test
    void a_losing_play_publishes_exactly_one_fact() {
        DecidedPlay play = fixture.decided(Wheel.neverWinning(), ADA);

        CommittedPlay committed = committed(fixture.commit(new PendingPlay(play, null, _ -> answer(), TRACE)));

        assertThat(fixture.count("select count(*) from outbox")).isEqualTo(1);
        assertThat(fixture.count("""
                        select count(*) from outbox
                        where aggregatetype = 'fanfare.plays.v1' and aggregateid = 'acme/ada' and type = 'PlayCompleted'
                            and tenant_id = 'acme' and traceparent = ? and partition_no is null
                            and occurred_at = '2026-03-01 12:00:00' and ce_time = '2026-03-01T12:00:00.000Z'
                        """, TRACE)).isEqualTo(1);
        PlayCompleted published = playsPublished().getFirst();
        assertThat(published.getPlayId()).isEqualTo(committed.id().value());
        assertThat(published.getSequence()).isEqualTo(1);
        assertThat(published.getWon()).isFalse();
        assertThat(published.getStartedAt()).isEqualTo(NOON);
        assertThat(published.getCampaignId()).isEqualTo("camp_spring");
    }

    @Test
    void what_chance_drew_is_kept_beside_what_was_had() {
        Prize gone = Wheel.voucher("Gone");
        Prize mug = Wheel.voucher("Mug");
        fixture.stock(gone, 0L);
        fixture.stock(mug, 1L);
        Wheel wheel = Wheel.aWheel().slot(gone, 1_000_000).slot(mug, 1).when(OnUnavailable.REDRAW);

        CommittedPlay play = committed(fixture.commit(fixture.decided(wheel, ADA)));

        assertThat(fixture.count(
                        """
                        select count(*) from play
                        where drawn like ? and drawn like '%"quantity":1%' and draws_used = 1
                            and metadata = '{"slot_index":1}'
                        """, "%%\"prize_id\":\"%s\"%%".formatted(gone.id().value())))
                .isEqualTo(1);
        assertThat(fixture.ledger().history(ACME, play.game(), ADA, null, 1)).containsExactly(play);
        assertThat(fixture.count(
                        "select count(*) from award_counter where units > 0 and prize_id = ?",
                        mug.id().value()))
                .isEqualTo(1);
        assertThat(fixture.count(
                        "select sum(units) from award_counter where prize_id = ?",
                        gone.id().value()))
                .isZero();
    }

    @Test
    void an_attempt_that_was_caught_is_kept_with_its_verdict() {
        Wheel wheel = Wheel.neverWinning();
        DecidedPlay play = fixture.decided(wheel, ADA);
        var verdict = new Cheating("too fast", Map.of("duration_ms", "3"));

        fixture.ledger()
                .burn(new CaughtPlay(play.id(), wheel.game(), play.session(), play.input(), verdict, NOON), TRACE);

        assertThat(fixture.count("""
                        select count(*) from caught_play
                        where tenant_id = 'acme' and play_id = ? and player_id = 'ada' and session_id = ?
                            and verdict = 'too fast' and facts = '{"duration_ms":"3"}' and game_revision = 1
                            and traceparent = ?
                        """, play.id().value(), play.session().id().value(), TRACE))
                .isEqualTo(1);
        assertThat(fixture.count("select count(*) from outbox")).isZero();
    }

    @Test
    void a_play_that_wins_points_publishes_itself_and_one_command_with_all_of_them() {
        Prize five = Wheel.points(5);
        Prize seven = Wheel.points(7);
        DecidedPlay play = winning(fixture.decided(Wheel.neverWinning(), ADA), new Award(five, 3), new Award(seven, 1));

        CommittedPlay committed = committed(fixture.commit(play));

        assertThat(fixture.count("select count(*) from outbox")).isEqualTo(2);
        assertThat(playsPublished().getFirst().getRewards())
                .extracting(PlayReward::getCurrency)
                .containsExactly("points", "points");
        WalletCommand command = commandsPublished().getFirst();
        assertThat(command.getScopeKey()).isEqualTo("camp_spring");
        assertThat(command.getSequence()).isEqualTo(1);
        assertThat(command.getCause().getReason()).isEqualTo("play");
        assertThat(command.getCause().getRefId()).isEqualTo(committed.id().value());
        assertThat(command.getAction())
                .isEqualTo(new WalletCredit(List.of(new WalletAmount(Prize.POINTS_CURRENCY, 22L))));
        assertThat(new WalletNumbers(fixture.database()).latest(ACME, "camp_spring", ADA))
                .isEqualTo(1);
        assertThat(fixture.count("""
                        select count(*) from wallet_command
                        join outbox on outbox.payload = wallet_command.payload
                        where scope_key = 'camp_spring' and number = 1 and cast(command_id as char(36)) = ?
                        """, command.getCommandId())).isEqualTo(1);
    }

    @Test
    void a_wallet_that_was_never_credited_has_no_number() {
        assertThat(new WalletNumbers(fixture.database()).latest(ACME, "camp_spring", GRACE))
                .isZero();
    }

    @Test
    void what_was_won_is_kept_as_it_was_answered() {
        Prize coupon = Wheel.voucherWithCode("Coupon");
        fixture.stock(coupon, 2L);
        fixture.codes(coupon, List.of("SPRING-1"));
        Prize points = Wheel.points(5);
        Wheel wheel = Wheel.neverWinning();
        DecidedPlay play =
                winning(fixture.decided(wheel, ADA), new Award(coupon, 1), new Award(points, 2), new Award(coupon, 1));

        CommittedPlay committed = committed(fixture.commit(play));

        assertThat(fixture.ledger().history(ACME, wheel.game().id(), ADA, null, 10))
                .containsExactly(committed);
        assertThat(committed.unavailable()).containsExactly(new Unavailable(coupon.id(), Unavailability.NO_CODE));
        assertThat(fixture.rewards().ofPlayer(ACME, ADA, null, 10).items())
                .extracting(RewardRecord::code, reward -> reward.state().wireName())
                .containsExactly(tuple(null, "fulfilled"), tuple("SPRING-1", "won"));
        assertThat(
                        fixture.count(
                                "select count(*) from prize_code join reward using (tenant_id, reward_id) where prize_code.code = 'SPRING-1'"))
                .isEqualTo(1);
        assertThat(fixture.remaining(coupon)).contains(1L);
    }

    @Test
    void units_within_one_play_count_towards_the_cap() {
        Prize mug = Wheel.voucherCappedAt(0, 2, "Mug");
        fixture.stock(mug, 10L);
        DecidedPlay play = winning(
                fixture.decided(Wheel.neverWinning(), ADA), new Award(mug, 1), new Award(mug, 1), new Award(mug, 1));

        CommittedPlay committed = committed(fixture.commit(play));

        assertThat(committed.rewards()).hasSize(2);
        assertThat(committed.unavailable()).containsExactly(new Unavailable(mug.id(), Unavailability.CAPPED));
        assertThat(fixture.remaining(mug)).contains(8L);
        assertThat(fixture.count("select units from award_counter")).isEqualTo(2);
    }

    @Test
    void a_prize_that_is_not_there_cannot_be_had() {
        Wheel wheel = Wheel.alwaysWinning(Wheel.voucher("Ghost"));

        CommittedPlay committed = committed(fixture.commit(fixture.decided(wheel, ADA)));

        assertThat(committed.unavailable()).extracting(Unavailable::why).containsExactly(Unavailability.OUT_OF_STOCK);
    }

    @Test
    void a_failing_play_gives_back_everything_to_the_next_one_of_its_batch() {
        Prize mug = Wheel.voucherCappedAt(1, 0, "Mug");
        Prize gone = Wheel.voucher("Gone");
        fixture.stock(mug, 1L);
        fixture.stock(gone, 0L);
        Wheel wheel = Wheel.alwaysWinning(mug).failingWhenUnavailable().with(new GameRules(1, 0, false, null, null));
        DecidedPlay failing = winning(fixture.decided(wheel, ADA), new Award(mug, 1), new Award(gone, 1));
        DecidedPlay next = wheel.decided(failing.session(), NOON);

        List<Outcome> outcomes = fixture.ledger().commit(List.of(pending(failing), pending(next)));

        assertThat(outcomes.getFirst()).isEqualTo(new Outcome.PrizeUnavailable(gone.id(), Unavailability.OUT_OF_STOCK));
        assertThat(committed(outcomes.getLast()).isWin()).isTrue();
        assertThat(fixture.ledger().counts(ACME, wheel.game().id(), ADA, NOON)).isEqualTo(new PlayCounts(1, 1));
        assertThat(fixture.count("select sum(units) from award_counter")).isEqualTo(1);
        assertThat(fixture.count("select last_number from player_sequence")).isEqualTo(1);
    }

    @Test
    void a_refused_play_leaves_nothing() {
        Prize gone = Wheel.voucher("Gone");
        fixture.stock(gone, 0L);
        Wheel wheel = Wheel.alwaysWinning(gone).failingWhenUnavailable();
        DecidedPlay play = winning(fixture.decided(wheel, ADA), new Award(Wheel.points(5), 1), new Award(gone, 1));

        Outcome outcome = fixture.commit(pending(play, new IdempotencyClaim("refused", "hash")));

        assertThat(outcome).isInstanceOf(Outcome.PrizeUnavailable.class);
        assertNothingWasWritten();
    }

    @Test
    void a_rollback_leaves_nothing() {
        Prize mug = Wheel.voucher("Mug");
        fixture.stock(mug, 5L);
        DecidedPlay play =
                winning(fixture.decided(Wheel.neverWinning(), ADA), new Award(mug, 1), new Award(Wheel.points(5), 1));
        var dying = new PendingPlay(
                play,
                new IdempotencyClaim("dying", "hash"),
                _ -> {
                    throw new IllegalStateException("the answer could not be made");
                },
                null);

        assertThat(failure(fixture.commit(dying))).hasMessage("the answer could not be made");

        assertNothingWasWritten();
        assertThat(fixture.remaining(mug)).contains(5L);
    }

    @Test
    void a_play_that_breaks_its_batch_breaks_only_itself() {
        Wheel wheel = Wheel.neverWinning();
        PendingPlay broken = pending(fixture.decided(wheel, new PlayerId("linus")));
        fixture.commit(broken);
        // The same play id once more, in another session: a duplicate key that no check foresees.
        DecidedPlay again = new DecidedPlay(
                broken.play().id(),
                broken.play().game(),
                fixture.opened(wheel, new PlayerId("linus")),
                broken.play().input(),
                "",
                List.of(),
                broken.play().metadata(),
                null,
                NOON);
        PendingPlay before = pending(fixture.decided(wheel, ADA));
        PendingPlay after = pending(fixture.decided(wheel, GRACE));

        List<Outcome> outcomes = fixture.ledger().commit(List.of(before, pending(again), after));

        assertThat(failure(outcomes.get(1))).isInstanceOf(DuplicateKeyException.class);
        assertThat(List.of(outcomes.getFirst(), outcomes.getLast()))
                .map(outcome -> committed(outcome).id())
                .containsExactly(before.play().id(), after.play().id());
        assertThat(Stream.of(ADA, GRACE, new PlayerId("linus"))
                        .map(player -> fixture.ledger()
                                .counts(ACME, wheel.game().id(), player, NOON)
                                .ever()))
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void a_session_that_was_never_opened_is_refused_loudly() {
        Wheel wheel = Wheel.neverWinning();
        DecidedPlay play = wheel.decided(wheel.session(ADA, NOON), NOON);

        assertThat(failure(fixture.commit(play)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was never opened");
    }

    @Test
    void a_batch_has_a_bound() {
        PendingPlay play = pending(fixture.decided(Wheel.neverWinning(), ADA));
        List<PendingPlay> tooMany = IntStream.rangeClosed(0, JdbcPlayLedger.MAX_BATCH)
                .mapToObj(_ -> play)
                .toList();

        assertThatThrownBy(() -> fixture.ledger().commit(tooMany)).hasMessageContaining("1001 plays in a batch");
        assertThat(fixture.ledger().commit(List.of())).isEmpty();
    }

    private static RuntimeException failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).why();
    }

    @Test
    void a_commit_does_not_hide_in_another_transaction() {
        PendingPlay play = pending(fixture.decided(Wheel.neverWinning(), ADA));

        assertThatThrownBy(() -> fixture.database().inTransaction(() -> fixture.commit(play)))
                .isInstanceOf(IllegalStateException.class);
    }

    private void assertNothingWasWritten() {
        for (String table :
                List.of("play", "reward", "wallet_command", "outbox", "player_sequence", "idempotency_key")) {
            assertThat(fixture.count("select count(*) from " + table)).as(table).isZero();
        }
        assertThat(fixture.count("select coalesce(sum(plays), 0) from play_counter"))
                .isZero();
        assertThat(fixture.count("select coalesce(sum(units), 0) from award_counter"))
                .isZero();
        assertThat(fixture.count("select count(*) from session where consumed_at is not null"))
                .isZero();
    }

    private List<PlayCompleted> playsPublished() {
        var serde = Topics.PLAYS.valueSerde(fixture.registry());
        return payloads("PlayCompleted").stream()
                .map(bytes -> serde.deserializer().deserialize(Topics.PLAYS.name(), bytes))
                .toList();
    }

    private List<WalletCommand> commandsPublished() {
        var serde = Topics.WALLET_COMMANDS.valueSerde(fixture.registry());
        return payloads("WalletCommand").stream()
                .map(bytes -> serde.deserializer().deserialize(Topics.WALLET_COMMANDS.name(), bytes))
                .toList();
    }

    private List<byte[]> payloads(String type) {
        return fixture.database()
                .jdbc()
                .sql("select payload from outbox where type = ? order by position")
                .param(type)
                .query((row, _) -> row.getBytes(1))
                .list();
    }

    private static KeptAnswer answer() {
        return new KeptAnswer(200, "{}");
    }
}
