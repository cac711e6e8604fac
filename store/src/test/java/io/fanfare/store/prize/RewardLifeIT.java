package io.fanfare.store.prize;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.reward.Redemption.Mode;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.engine.reward.Rewarding.Why;
import io.fanfare.events.RewardChanged;
import io.fanfare.events.RewardExpiring;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Conflicts;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Page;
import io.fanfare.store.StoreServer;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.play.JdbcPlayLedger;
import io.fanfare.store.prize.RewardCases.Order;
import io.fanfare.store.prize.RewardCases.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The life of a reward in the tables, from the play that wins it. */
@OnEveryDatabase
class RewardLifeIT {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration LATEST_COMMIT = Duration.ofSeconds(10);
    private static final Actor OPERATOR = new Actor("operator", "ada called", null);

    private final Definitions definitions;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final JdbcPlayLedger ledger;
    private final Prizes prizes;
    private final Rewards rewards;
    private final RewardCases cases;
    private final RewardExpiry expiry;
    private final RewardReminders reminders;

    RewardLifeIT(StoreServer server) {
        this.definitions = new Definitions(server);
        var outbox = new Outbox(definitions.database(), registry);
        this.ledger = new JdbcPlayLedger(definitions.database(), outbox, definitions.ids(), definitions.clock());
        this.prizes = new Prizes(definitions.database(), outbox, definitions.ids(), definitions.clock());
        this.rewards = new Rewards(definitions.database(), outbox, definitions.clock());
        this.cases = new RewardCases(definitions.database());
        this.reminders = new RewardReminders(definitions.database(), outbox, definitions.clock(), AN_HOUR);
        this.expiry = new RewardExpiry(definitions.database(), outbox, definitions.clock());
    }

    @Test
    void a_reward_is_claimed_by_its_player_once() {
        RewardId id = won(Redemption.ON_CLAIM);

        RewardChange claimed = rewards.claim(ACME, ADA, id, null);
        RewardChange again = rewards.claim(ACME, ADA, id, null);

        var now = new RewardState.Claimed(definitions.now(), definitions.now());
        assertThat(claimed)
                .isInstanceOfSatisfying(
                        RewardChange.Moved.class,
                        moved -> assertThat(moved.reward().state()).isEqualTo(now));
        assertThat(again)
                .isInstanceOfSatisfying(
                        RewardChange.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(Why.ALREADY_CLAIMED));
        assertThat(rewards.find(ACME, id)).map(RewardRecord::state).contains(now);
    }

    @Test
    void nobody_claims_what_is_another_players_or_another_tenants() {
        RewardId id = won(Redemption.ON_CLAIM);

        assertThat(rewards.claim(ACME, GRACE, id, null)).isEqualTo(new RewardChange.RewardNotFound());
        assertThat(rewards.claim(RIVAL, ADA, id, null)).isEqualTo(new RewardChange.RewardNotFound());
        assertThat(rewards.step(RIVAL, id, new RewardStep.Fulfil(), OPERATOR))
                .isEqualTo(new RewardChange.RewardNotFound());
    }

    @Test
    void what_is_in_the_app_at_once_begins_fulfilled() {
        RewardId id = won(new Redemption(Mode.INSTANT, true, null));

        assertThat(rewards.find(ACME, id))
                .map(RewardRecord::state)
                .contains(new RewardState.Fulfilled(definitions.now(), null, definitions.now()));
    }

    @Test
    void revoking_gives_the_unit_back_and_voids_the_code() {
        RewardId id = won(Redemption.ON_CLAIM);
        assertThat(remaining()).isEqualTo(4);

        rewards.step(ACME, id, new RewardStep.Revoke(false), OPERATOR);

        assertThat(remaining()).isEqualTo(5);
        assertThat(texts("select code from prize_code where voided_at is not null"))
                .containsExactly("SPRING-1");
        assertThat(texts("select concat(step_no, ' ', step, ' ', actor, ': ', reason) from reward_step"))
                .containsExactly("1 revoke operator: ada called");
    }

    @Test
    void the_code_of_a_revoked_reward_is_never_given_out_again() {
        RewardId id = won(Redemption.ON_CLAIM);
        rewards.step(ACME, id, new RewardStep.Revoke(false), OPERATOR);

        RewardId next = wonAgain();

        assertThat(rewards.find(ACME, next)).map(RewardRecord::code).contains("SPRING-2");
    }

    @Test
    void a_unit_that_was_fulfilled_goes_back_only_where_somebody_says_so() {
        RewardId kept = won(Redemption.ON_CLAIM);
        RewardId returned = wonAgain();
        rewards.step(ACME, kept, new RewardStep.Fulfil(), OPERATOR);
        rewards.step(ACME, returned, new RewardStep.Fulfil(), OPERATOR);

        rewards.step(ACME, kept, new RewardStep.Revoke(false), OPERATOR);
        rewards.step(ACME, returned, new RewardStep.Revoke(true), OPERATOR);

        assertThat(remaining()).isEqualTo(4);
        assertThat(texts("select reward_id from reward where is_unit_returned")).containsExactly(returned.value());
        assertThat(rewards.find(ACME, kept))
                .map(RewardRecord::state)
                .contains(new RewardState.Revoked(
                        new RewardState.Fulfilled(definitions.now(), null, definitions.now()), definitions.now()));
    }

    @Test
    void every_change_is_published_with_the_players_next_number() {
        RewardId id = won(Redemption.ON_CLAIM);
        rewards.claim(ACME, ADA, id, null);
        rewards.step(ACME, id, new RewardStep.Fulfil(), OPERATOR);
        rewards.step(ACME, id, new RewardStep.Revoke(true), OPERATOR);

        assertThat(published())
                .extracting(change -> "%d %s: %s to %s%s"
                        .formatted(
                                change.getSequence(),
                                change.getStep(),
                                change.getStatusBefore(),
                                change.getStatus(),
                                change.getUnitReturned() ? ", unit returned" : ""))
                .containsExactly(
                        "1 claim: won to claimed",
                        "2 fulfil: claimed to fulfilled",
                        "3 revoke: fulfilled to revoked, unit returned");
    }

    @Test
    void a_refused_step_leaves_nothing() {
        RewardId id = won(Redemption.ON_CLAIM);
        rewards.step(ACME, id, new RewardStep.Revoke(false), OPERATOR);

        RewardChange again = rewards.step(ACME, id, new RewardStep.Revoke(true), OPERATOR);

        assertThat(again).isInstanceOf(RewardChange.Refused.class);
        assertThat(remaining()).isEqualTo(5);
        assertThat(published()).hasSize(1);
    }

    @Test
    void what_nobody_claims_in_time_expires_and_what_was_claimed_does_not() {
        RewardId late = won(new Redemption(Mode.ON_CLAIM, true, AN_HOUR));
        RewardId inTime = wonAgain();
        rewards.claim(ACME, ADA, inTime, null);
        definitions.pass(AN_HOUR.minusMillis(1));
        int tooEarly = expiry.sweep(100);
        definitions.pass(Duration.ofMillis(1));

        RewardChange claimedLate = rewards.claim(ACME, ADA, late, null);
        int swept = expiry.sweep(100);

        assertThat(tooEarly).isZero();
        assertThat(claimedLate)
                .isInstanceOfSatisfying(
                        RewardChange.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(Why.EXPIRED));
        assertThat(swept).isEqualTo(1);
        assertThat(rewards.find(ACME, late))
                .map(RewardRecord::state)
                .map(RewardState::wireName)
                .contains("expired");
        assertThat(rewards.find(ACME, inTime))
                .map(RewardRecord::state)
                .map(RewardState::wireName)
                .contains("claimed");
        assertThat(remaining()).isEqualTo(4);
    }

    @Test
    void sweepers_that_sweep_at_once_expire_each_reward_once() throws Exception {
        won(new Redemption(Mode.ON_CLAIM, true, AN_HOUR));
        for (int more = 0; more < 4; more++) {
            wonAgain();
        }
        definitions.pass(AN_HOUR);
        List<Callable<Integer>> sweepers = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(_ -> () -> expiry.sweep(2))
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> sweep : threads.invokeAll(sweepers)) {
                sweep.get();
            }
        }
        int left = expiry.sweep(100);

        assertThat(remaining()).isEqualTo(5);
        assertThat(published())
                .hasSize(5)
                .extracting(RewardChanged::getSequence)
                .doesNotHaveDuplicates();
        assertThat(left).isLessThanOrEqualTo(5);
        assertThat(texts("select status from reward")).containsOnly("expired");
    }

    @Test
    void claims_and_revocations_at_once_come_one_after_another() throws Exception {
        RewardId id = won(Redemption.ON_CLAIM);
        List<Callable<RewardChange>> steps = IntStream.range(0, 20)
                .<Callable<RewardChange>>mapToObj(n -> () -> n % 2 == 0
                        ? rewards.claim(ACME, ADA, id, null)
                        : rewards.step(ACME, id, new RewardStep.Revoke(false), OPERATOR))
                .toList();

        List<RewardChange> changes;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            changes = threads.invokeAll(steps).stream().map(Future::resultNow).toList();
        }

        long moved =
                changes.stream().filter(RewardChange.Moved.class::isInstance).count();
        assertThat(moved).isBetween(1L, 2L);
        assertThat(published()).hasSize((int) moved);
        assertThat(remaining()).isEqualTo(5);
        assertThat(rewards.find(ACME, id))
                .map(RewardRecord::state)
                .map(RewardState::wireName)
                .contains("revoked");
    }

    @Test
    void an_expiry_that_meets_another_transaction_is_tried_again() {
        RewardId id = won(new Redemption(Mode.ON_CLAIM, true, AN_HOUR));
        definitions.pass(AN_HOUR);
        Conflicts conflicts = Conflicts.on(definitions.database(), "insert on reward_step", 5);

        assertThat(expiry.sweep(100)).isEqualTo(1);

        assertThat(conflicts.tries()).isEqualTo(6);
        assertThat(rewards.find(ACME, id))
                .map(found -> found.state().wireName())
                .contains("expired");
        assertThat(remaining()).isEqualTo(5);
        assertThat(published()).hasSize(1);
    }

    @Test
    void a_claim_that_meets_another_transaction_is_tried_again() {
        RewardId id = won(Redemption.ON_CLAIM);
        Conflicts.on(definitions.database(), "insert on reward_step", 5);

        assertThat(rewards.claim(ACME, ADA, id, null)).isInstanceOf(RewardChange.Moved.class);
        assertThat(published()).hasSize(1);
    }

    @Test
    void an_unclaimed_reward_is_told_of_once_before_it_expires() {
        RewardId unclaimed = won(new Redemption(Mode.ON_CLAIM, true, AN_HOUR.multipliedBy(3)));
        RewardId claimed = wonAgain();
        rewards.claim(ACME, ADA, claimed, null);
        Instant expiresAt = definitions.now().plus(AN_HOUR.multipliedBy(3));
        int atOnce = reminders.sweep(100);
        definitions.pass(AN_HOUR.multipliedBy(2).plus(LATEST_COMMIT).minusMillis(1));
        int tooEarly = reminders.sweep(100);
        definitions.pass(Duration.ofMillis(1));

        int told = reminders.sweep(100);
        int again = reminders.sweep(100);

        assertThat(atOnce + tooEarly).isZero();
        assertThat(told).isEqualTo(1);
        assertThat(again).isZero();
        assertThat(reminded()).singleElement().satisfies(reminder -> {
            assertThat(reminder.getRewardId()).isEqualTo(unclaimed.value());
            assertThat(reminder.getTenantId()).isEqualTo("acme");
            assertThat(reminder.getPlayerId()).isEqualTo("ada");
            assertThat(reminder.getExpiresAt()).isEqualTo(expiresAt);
            assertThat(reminder.getOccurredAt()).isEqualTo(definitions.now());
        });
    }

    @Test
    void whoever_sweeps_and_in_whatever_bites_each_reward_is_told_of_once() throws Exception {
        List<RewardId> won = new ArrayList<>();
        won.add(won(new Redemption(Mode.ON_CLAIM, true, AN_HOUR.multipliedBy(2))));
        for (int more = 0; more < 4; more++) {
            won.add(wonAgain());
        }
        definitions.pass(AN_HOUR.plus(LATEST_COMMIT));
        List<Callable<Integer>> sweepers = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(_ -> () -> reminders.sweep(2))
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> sweep : threads.invokeAll(sweepers)) {
                sweep.get();
            }
        }
        int last = 2;
        while (last == 2) {
            last = reminders.sweep(2);
        }

        assertThat(reminded())
                .extracting(RewardExpiring::getRewardId)
                .containsExactlyElementsOf(won.stream().map(RewardId::value).toList());
    }

    @Test
    void what_is_overdue_is_told_of_no_more() {
        won(new Redemption(Mode.ON_CLAIM, true, AN_HOUR.multipliedBy(2)));
        definitions.pass(AN_HOUR.multipliedBy(2));

        assertThat(reminders.sweep(100)).isZero();
    }

    @Test
    void staff_find_a_reward_with_its_steps_and_the_mode_of_its_prize() {
        RewardId id = won(new Redemption(Mode.MANUAL, true, null));
        rewards.claim(ACME, ADA, id, "00-trace");
        definitions.pass(AN_HOUR);
        rewards.step(ACME, id, new RewardStep.Fulfil(), OPERATOR);

        RewardCase found = cases.find(ACME, id).orElseThrow();

        assertThat(found.reward()).isEqualTo(rewards.find(ACME, id).orElseThrow());
        assertThat(found.mode()).isEqualTo(Mode.MANUAL);
        assertThat(found.steps())
                .containsExactly(
                        new TakenStep(
                                1,
                                "claim",
                                "ada",
                                null,
                                "00-trace",
                                definitions.now().minus(AN_HOUR)),
                        new TakenStep(2, "fulfil", "operator", "ada called", null, definitions.now()));
        assertThat(cases.find(RIVAL, id)).isEmpty();
    }

    @Test
    void staff_list_rewards_from_either_end_each_with_its_own_steps() {
        RewardId first = won(new Redemption(Mode.MANUAL, true, null));
        RewardId second = wonAgain();
        RewardId third = wonAgain();
        rewards.claim(ACME, ADA, second, null);
        rewards.step(ACME, third, new RewardStep.Revoke(false), OPERATOR);
        var open = new Wanted(Set.of(RewardStatus.WON, RewardStatus.CLAIMED), Mode.MANUAL, null, null, null, null);
        var byClaim = new Wanted(Set.of(), Mode.ON_CLAIM, null, null, null, null);

        Page<RewardCase> oldest = cases.list(ACME, open, Order.OLDEST, null, 1);
        Page<RewardCase> behind = cases.list(ACME, open, Order.OLDEST, first, 1);

        assertThat(oldest.items()).extracting(one -> one.reward().id()).containsExactly(first);
        assertThat(oldest.hasMore()).isTrue();
        assertThat(behind.items()).extracting(one -> one.reward().id()).containsExactly(second);
        assertThat(behind.items().getFirst().steps())
                .extracting(TakenStep::step)
                .containsExactly("claim");
        assertThat(behind.hasMore()).isFalse();
        assertThat(cases.list(ACME, open, Order.NEWEST, null, 10).items())
                .extracting(one -> one.reward().id())
                .containsExactly(second, first);
        assertThat(cases.list(ACME, byClaim, Order.NEWEST, null, 10).items()).isEmpty();
        assertThat(cases.list(RIVAL, open, Order.NEWEST, null, 10).items()).isEmpty();
    }

    private @Nullable PrizeRecord mug;

    private RewardId won(Redemption redemption) {
        var definition =
                new PrizeDefinition("Mug", PrizeType.VOUCHER, null, 500, AwardConstraints.NONE, true, redemption, "{}");
        PrizeRecord created = prizes.create(ACME, definition, Stock.Limited.of(5), null);
        prizes.importCodes(ACME, created.id(), List.of("SPRING-1", "SPRING-2", "SPRING-3", "SPRING-4", "SPRING-5"));
        mug = created;
        return wonAgain();
    }

    private RewardId wonAgain() {
        PrizeRecord prize = mug();
        Prize awarded = prize.prize();
        Wheel wheel = Wheel.alwaysWinning(awarded);
        Session session = wheel.session(ADA, definitions.now());
        ledger.open(session);
        var play = wheel.decided(session, definitions.now());
        Outcome outcome = ledger.commit(List.of(new PendingPlay(play, null, _ -> new KeptAnswer(200, "{}"), null)))
                .getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        return ((Outcome.Committed) outcome).play().rewards().getFirst().id();
    }

    private PrizeRecord mug() {
        PrizeRecord made = mug;
        if (made == null) {
            throw new AssertionError("nothing was won yet");
        }
        return made;
    }

    private long remaining() {
        return switch (prizes.find(ACME, mug().id()).orElseThrow().stock()) {
            case Stock.Limited(long _, long remaining) -> remaining;
            case Stock.Unlimited() -> throw new AssertionError("the mug is unlimited");
        };
    }

    private List<RewardExpiring> reminded() {
        var serde = Topics.REWARD_NOTICES.valueSerde(registry);
        return definitions
                .database()
                .jdbc()
                .sql("select payload from outbox where aggregatetype = 'fanfare.reward-notices.v1' order by position")
                .query((row, _) -> row.getBytes(1))
                .stream()
                .map(bytes -> serde.deserializer().deserialize(Topics.REWARD_NOTICES.name(), bytes))
                .toList();
    }

    private List<RewardChanged> published() {
        var serde = Topics.REWARDS.valueSerde(registry);
        return definitions
                .database()
                .jdbc()
                .sql("select payload from outbox where aggregatetype = 'fanfare.rewards.v1' order by position")
                .query((row, _) -> row.getBytes(1))
                .stream()
                .map(bytes -> serde.deserializer().deserialize(Topics.REWARDS.name(), bytes))
                .map(RewardChanged.class::cast)
                .toList();
    }

    private List<String> texts(String sql) {
        return definitions
                .database()
                .jdbc()
                .sql(sql)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
