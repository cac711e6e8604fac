package io.fanfare.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.reward.RewardStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One random history of a game: plays, repeats, twins under one key, crashes between decide and commit and between commit and
 * answer, stock changes, claims, revocations, expiries. What the ledger acknowledged is recounted by the {@link NaiveModel}.
 */
public final class History {

    private static final int MAX_PLAYS = 8;
    private static final int MAX_UNITS = 2;
    private static final int STEPS = 120;

    /** Faults that a ledger could have, planted between it and the model. */
    public enum Bug {
        FORGETS_KEYS,
        SELLS_ONE_MORE,
        FORGETS_LIMITS,
        FORGETS_CAPS,
        RETURNS_NO_UNIT
    }

    /** Where it takes place: a ledger, and what operators and time do to it. */
    public interface World {

        PlayLedger ledger();

        /** Makes a prize known that has limited stock and none of it yet. */
        void introduce(Prize prize, Redemption redemption);

        void stock(Prize prize, long delta);

        void codes(Prize prize, List<String> codes);

        long remaining(Prize prize);

        /** Takes a step with a reward; says whether it ended the reward and put its unit back. */
        boolean endsReward(RewardId id, RewardStep step, Instant now);
    }

    private final Random random;
    private final Set<Bug> bugs;
    private final World world;
    private final PlayLedger ledger;
    private final Prize mug = Wheel.voucherCappedAt(MAX_UNITS, 0, "Mug");
    private final Prize coupon = Wheel.voucherWithCode("Coupon");
    private final NaiveModel model = new NaiveModel(MAX_PLAYS, mug.id(), MAX_UNITS);
    private final Wheel wheel = Wheel.aWheel();
    private final List<PlayerId> players = Stream.of("ada", "grace", "linus")
            .map(name -> new PlayerId(name + "_" + mug.id()))
            .toList();
    private final Map<String, CommittedPlay> committed = new HashMap<>();
    private final List<Request> sent = new ArrayList<>();
    private final List<RewardId> rewards = new ArrayList<>();
    private Instant now = Wheel.NOON;
    private int codes;
    private boolean isStocked;

    private record Request(String key, Session session) {}

    public History(long seed, Set<Bug> bugs, World world) {
        this.random = new Random(seed);
        this.bugs = Set.copyOf(bugs);
        this.world = world;
        this.ledger = world.ledger();
    }

    /** Plays it, and says what was wrong; nothing where all was well. */
    public List<String> play() {
        OnUnavailable[] policies = {OnUnavailable.NO_WIN, OnUnavailable.REDRAW, OnUnavailable.FAIL};
        wheel.slot(bugs.contains(Bug.FORGETS_CAPS) ? uncapped() : mug, 3)
                .slot(coupon, 2)
                .emptySlot(1)
                .when(policies[random.nextInt(policies.length)])
                .with(new GameRules(bugs.contains(Bug.FORGETS_LIMITS) ? 0 : MAX_PLAYS, 0, false, null, null));
        world.introduce(mug, new Redemption(Redemption.Mode.ON_CLAIM, true, Duration.ofMinutes(30)));
        world.introduce(coupon, Redemption.ON_CLAIM);
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
        model.remains(mug.id(), world.remaining(mug));
        model.remains(coupon.id(), world.remaining(coupon));
        return model.wrong();
    }

    private Prize uncapped() {
        return new Prize(
                mug.id(), mug.tenant(), mug.name(), mug.type(), null, mug.value(), AwardConstraints.NONE, false, 1);
    }

    private void stock(Prize prize, long delta) {
        boolean sellsMore = bugs.contains(Bug.SELLS_ONE_MORE) && !isStocked;
        isStocked = true;
        world.stock(prize, delta + (sellsMore ? 1 : 0));
        model.stocked(prize.id(), delta);
        // Fewer codes than units: one of the two runs out first.
        world.codes(
                coupon,
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
        return switch (wheel.decide(asSent, PlayCounts.NONE, asSent.startedAt().plusSeconds(1))) {
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
        end(id, step);
    }

    private void expire() {
        rewards.forEach(id -> end(id, new RewardStep.Expire()));
    }

    private void end(RewardId id, RewardStep step) {
        if (world.endsReward(id, step, now)) {
            model.ended(id);
            loseUnit();
        }
    }

    private void loseUnit() {
        if (bugs.contains(Bug.RETURNS_NO_UNIT)) {
            world.stock(mug, -1);
        }
    }
}
