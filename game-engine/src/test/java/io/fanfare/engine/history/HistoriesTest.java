package io.fanfare.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.memory.InMemoryPlayLedger;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.engine.reward.Rewarding.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories: plays, repeats, twins under one key, crashes between decide and commit and between commit and answer, stock
 * changes, claims, revocations, expiries. What the ledger acknowledged is recounted by the {@link NaiveModel}.
 */
class HistoriesTest {

    private static final int MAX_PLAYS = 8;
    private static final int MAX_UNITS = 2;
    private static final int STEPS = 120;

    /** Faults that a ledger could have, planted between it and the model. */
    enum Bug {
        FORGETS_KEYS,
        SELLS_ONE_MORE,
        FORGETS_LIMITS,
        FORGETS_CAPS,
        RETURNS_NO_UNIT
    }

    @Test
    void two_hundred_histories_hold() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(new History(seed, EnumSet.noneOf(Bug.class)).play())
                    .as("history of seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    @Tag("long")
    void ten_thousand_histories_hold() {
        for (long seed = 0; seed < 10_000; seed++) {
            assertThat(new History(seed, EnumSet.noneOf(Bug.class)).play())
                    .as("history of seed %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void the_model_finds_a_planted_bug(Bug bug) {
        long found = LongStream.range(0, 50)
                .filter(seed -> !new History(seed, EnumSet.of(bug)).play().isEmpty())
                .count();

        assertThat(found).as("of 50 histories with %s", bug).isPositive();
    }

    private static final class History {

        private final Random random;
        private final Set<Bug> bugs;
        private final InMemoryPlayLedger ledger = new InMemoryPlayLedger();
        private final Prize mug = Wheel.voucherCappedAt(MAX_UNITS, 0, "Mug");
        private final Prize coupon = Wheel.voucherWithCode("Coupon");
        private final NaiveModel model = new NaiveModel(MAX_PLAYS, mug.id(), MAX_UNITS);
        private final Wheel wheel = Wheel.aWheel();
        private final List<PlayerId> players = List.of(Wheel.ADA, Wheel.GRACE, new PlayerId("linus"));
        private final Map<String, CommittedPlay> committed = new HashMap<>();
        private final List<Request> sent = new ArrayList<>();
        private final List<RewardId> rewards = new ArrayList<>();
        private Instant now = Wheel.NOON;
        private int codes;

        private record Request(String key, Session session) {}

        private History(long seed, Set<Bug> bugs) {
            this.random = new Random(seed);
            this.bugs = bugs;
        }

        private List<String> play() {
            OnUnavailable[] policies = {OnUnavailable.NO_WIN, OnUnavailable.REDRAW, OnUnavailable.FAIL};
            wheel.slot(bugs.contains(Bug.FORGETS_CAPS) ? uncapped() : mug, 3)
                    .slot(coupon, 2)
                    .emptySlot(1)
                    .when(policies[random.nextInt(policies.length)])
                    .with(new GameRules(bugs.contains(Bug.FORGETS_LIMITS) ? 0 : MAX_PLAYS, 0, false, null, null));
            ledger.redemption(
                    Wheel.ACME, mug.id(), new Redemption(Redemption.Mode.ON_CLAIM, true, Duration.ofMinutes(30)));
            stock(mug, 4);
            stock(coupon, 6);
            for (int step = 0; step < STEPS; step++) {
                now = now.plusSeconds(random.nextInt(60));
                switch (random.nextInt(12)) {
                    case 0 -> stock(random.nextBoolean() ? mug : coupon, random.nextInt(3));
                    case 1 -> sendAgain();
                    case 2 -> revoke();
                    case 3 -> step(new RewardStep.Claim());
                    case 4 -> expire();
                    case 5 -> openOnly();
                    default -> send();
                }
            }
            model.remains(mug.id(), ledger.remaining(Wheel.ACME, mug.id()).orElseThrow());
            model.remains(coupon.id(), ledger.remaining(Wheel.ACME, coupon.id()).orElseThrow());
            return model.wrong();
        }

        private Prize uncapped() {
            return new Prize(
                    mug.id(), mug.tenant(), mug.name(), mug.type(), null, mug.value(), AwardConstraints.NONE, false, 1);
        }

        private void stock(Prize prize, long delta) {
            boolean sellsMore = bugs.contains(Bug.SELLS_ONE_MORE)
                    && ledger.remaining(Wheel.ACME, prize.id()).isEmpty();
            ledger.stock(Wheel.ACME, prize.id(), delta + (sellsMore ? 1 : 0));
            model.stocked(prize.id(), delta);
            // Fewer codes than units: one of the two runs out first.
            ledger.codes(
                    Wheel.ACME,
                    coupon.id(),
                    IntStream.range(0, random.nextInt(3))
                            .mapToObj(_ -> "code-" + ++codes)
                            .toList());
        }

        /** The program ends between start and play: the session stays open, and nothing happened. */
        private void openOnly() {
            ledger.open(wheel.session(players.get(random.nextInt(players.size())), now));
        }

        private void send() {
            Session session = wheel.session(players.get(random.nextInt(players.size())), now);
            ledger.open(session);
            var request = new Request("key-" + sent.size(), session);
            sent.add(request);
            boolean crashesBeforeCommit = random.nextInt(10) == 0;
            if (!crashesBeforeCommit) {
                boolean crashesBeforeAnswer = random.nextInt(10) == 0;
                commit(request, !crashesBeforeAnswer);
            }
        }

        /** The same request, as after a crash or a lost answer; sometimes as a new session under the old key. */
        private void sendAgain() {
            if (sent.isEmpty()) {
                return;
            }
            Request before = sent.get(random.nextInt(sent.size()));
            Session session = before.session();
            if (bugs.contains(Bug.FORGETS_KEYS)) {
                session = wheel.session(session.player(), now);
                ledger.open(session);
            }
            commit(new Request(before.key(), session), true);
        }

        private void commit(Request request, boolean isHeard) {
            Session known = ledger.session(Wheel.ACME, request.session().id()).orElseThrow();
            DecidedPlay play = decided(request, known);
            if (play == null) {
                return;
            }
            var claim = bugs.contains(Bug.FORGETS_KEYS) ? null : new IdempotencyClaim(request.key(), "hash");
            var pending = new PendingPlay(
                    play, claim, done -> new KeptAnswer(200, done.id().value()), null);
            switch (ledger.commit(List.of(pending)).getFirst()) {
                case Outcome.Committed(CommittedPlay done) -> {
                    committed.put(done.id().value(), done);
                    done.rewards().forEach(reward -> rewards.add(reward.id()));
                    acknowledge(request, done);
                    if (!isHeard) {
                        // The client heard nothing and asks again: it must hear of the same play.
                        commit(request, true);
                    }
                }
                case Outcome.AnsweredBefore(KeptAnswer(int _, String id)) -> {
                    CommittedPlay done = committed.get(id);
                    assertThat(done).as("the play behind a kept answer").isNotNull();
                    acknowledge(request, done);
                }
                case Outcome.SessionConsumed _,
                        Outcome.ClientSeedFixed _,
                        Outcome.OutOfTurns _,
                        Outcome.PrizeUnavailable _,
                        Outcome.KeyReused _ -> {
                    // Refused: nothing happened, and the model counts nothing.
                }
                case Outcome.Failed(RuntimeException why) -> throw why;
            }
        }

        /** A repeat is decided on the session as it was when it was sent first, as by a second instance in a race. */
        private @Nullable DecidedPlay decided(Request request, Session known) {
            Session asSent = bugs.contains(Bug.FORGETS_KEYS) ? known : request.session();
            return switch (wheel.decide(
                    asSent, PlayCounts.NONE, asSent.startedAt().plusSeconds(1))) {
                case PlayDecision.Decided(DecidedPlay play) -> play;
                case PlayDecision.Caught _, PlayDecision.Refused _ -> null;
            };
        }

        private void acknowledge(Request request, CommittedPlay done) {
            model.acknowledged(
                    done.player().value(), request.key(), request.session().id().value(), done);
        }

        private void revoke() {
            step(new RewardStep.Revoke(true));
        }

        private void step(RewardStep step) {
            if (rewards.isEmpty()) {
                return;
            }
            RewardId id = rewards.get(random.nextInt(rewards.size()));
            StepOutcome outcome = ledger.step(Wheel.ACME, id, step, now).orElseThrow();
            if (outcome instanceof StepOutcome.Moved moved && moved.returnsUnit()) {
                model.ended(id);
                loseUnit();
            }
        }

        private void expire() {
            for (RewardId id : rewards) {
                StepOutcome outcome = ledger.step(Wheel.ACME, id, new RewardStep.Expire(), now)
                        .orElseThrow();
                if (outcome instanceof StepOutcome.Moved) {
                    model.ended(id);
                    loseUnit();
                }
            }
        }

        private void loseUnit() {
            if (bugs.contains(Bug.RETURNS_NO_UNIT)) {
                ledger.stock(Wheel.ACME, mug.id(), -1);
            }
        }
    }
}
