package io.fanfare.engine.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.history.NaiveModel.Answer;
import io.fanfare.engine.history.NaiveModel.Terms;
import io.fanfare.engine.history.NaiveModel.Told;
import io.fanfare.engine.history.NaiveModel.Won;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
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
 * One random history of a game: plays that are committed alone and together, repeats, twins under one key, crashes between decide and
 * commit and between commit and answer, turns, a budget, winning moments, stock changes, claims, fulfilments, revocations, expiries, over
 * some days. What the ledger acknowledged is recounted by the {@link NaiveModel}.
 */
public final class History {

    private static final CampaignId SPRING = new CampaignId("camp_spring");
    private static final int MAX_PLAYS = 20;
    private static final int MAX_PLAYS_A_DAY = 12;
    private static final int MAX_UNITS = 3;
    private static final int MAX_UNITS_A_DAY = 2;
    private static final int MAX_BATCH = 6;
    private static final int STEPS = 80;
    private static final List<OnUnavailable> POLICIES = List.of(OnUnavailable.values());

    /** Faults that a ledger could have, planted between it and the model. */
    public enum Bug {
        FORGETS_KEYS,
        SELLS_ONE_MORE,
        FORGETS_LIMITS,
        FORGETS_CAPS,
        FORGETS_DAYS,
        FORGETS_TURNS,
        FORGETS_BUDGET,
        FORGETS_THE_FALLBACK,
        WINS_BEFORE_ITS_MOMENT,
        RETURNS_NO_UNIT,
        /** What was drawn is not given, though it is there. */
        WITHHOLDS_PRIZES,
        CAPS_TOO_EARLY,
        LOSES_CODES
    }

    /** Where it takes place: a ledger, and what operators and time do to it. */
    public interface World {

        PlayLedger ledger();

        /** Makes a prize known that has limited stock and none of it yet. */
        void introduce(Prize prize, Redemption redemption);

        void stock(Prize prize, long delta);

        void codes(Prize prize, List<String> codes);

        void turns(CampaignId campaign, PlayerId player, long turns);

        long remaining(Prize prize);

        Stepped step(RewardId id, RewardStep step, Instant now);
    }

    /**
     * What came of a step with a reward.
     *
     * @param hasMoved it was not refused
     * @param hasReturned its unit is in stock again
     */
    public record Stepped(boolean hasMoved, boolean hasReturned) {}

    private final Random random;
    private final Set<Bug> bugs;
    private final World world;
    private final PlayLedger ledger;
    private final Prize mug = Wheel.voucherCappedAt(MAX_UNITS, MAX_UNITS_A_DAY, "Mug");
    private final Prize coupon = Wheel.voucherWithCode("Coupon");
    private final Prize sticker = Wheel.voucher("Sticker");
    private final Prize car = Wheel.voucherCappedAt(1, 0, "Car");
    private final NaiveModel model;
    private final boolean useTurns;
    private final Wheel wheel;
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

    /** @param isHeard whether its answer reaches who asked */
    private record Sent(Request request, DecidedPlay play, boolean isHeard) {}

    public History(long seed, Set<Bug> bugs, World world) {
        this.random = new Random(seed);
        this.bugs = Set.copyOf(bugs);
        this.world = world;
        this.ledger = world.ledger();
        this.useTurns = random.nextInt(3) == 0;
        Terms terms = new Terms(
                MAX_PLAYS,
                MAX_PLAYS_A_DAY,
                useTurns,
                random.nextInt(3) == 0 ? 8 * mug.value() : 0,
                POLICIES.get(random.nextInt(POLICIES.size())),
                sticker.id(),
                random.nextBoolean() ? car.id() : null,
                List.of(Wheel.NOON.plusSeconds(300), Wheel.NOON.plusSeconds(900), Wheel.NOON.plusSeconds(100_000)),
                Map.of(
                        mug.id(),
                        new Won(mug.value(), MAX_UNITS, MAX_UNITS_A_DAY, false, false, Duration.ofMinutes(30)),
                        coupon.id(),
                        new Won(coupon.value(), 0, 0, true, false, null),
                        sticker.id(),
                        new Won(sticker.value(), 0, 0, false, true, null),
                        car.id(),
                        new Won(car.value(), 1, 0, false, false, null)));
        this.model = new NaiveModel(terms);
        this.wheel = wheel(terms);
    }

    /** The game as the ledger knows it. */
    private Wheel wheel(Terms terms) {
        boolean forgetsTheFallback =
                bugs.contains(Bug.FORGETS_THE_FALLBACK) && terms.policy() == OnUnavailable.FALLBACK_PRIZE;
        Wheel made = Wheel.aWheel()
                .slot(mugOnTheWheel(), 3)
                .slot(coupon, 2)
                .emptySlot(1)
                .knowing(sticker)
                .term("fallback_prize_id", sticker.id().value())
                .when(forgetsTheFallback ? OnUnavailable.NO_WIN : terms.policy())
                .with(new GameRules(
                        bugs.contains(Bug.FORGETS_LIMITS) ? 0 : MAX_PLAYS,
                        bugs.contains(Bug.FORGETS_DAYS) ? 0 : MAX_PLAYS_A_DAY,
                        false,
                        null,
                        null,
                        useTurns && !bugs.contains(Bug.FORGETS_TURNS)));
        if (terms.budget() > 0 && !bugs.contains(Bug.FORGETS_BUDGET)) {
            made.term("budget", terms.budget());
        }
        if (terms.paced() != null) {
            long early = bugs.contains(Bug.WINS_BEFORE_ITS_MOMENT) ? 120 : 0;
            made.slot(car, 1)
                    .term(
                            "winning_moments",
                            List.of(Map.of(
                                    "prize_id",
                                    car.id().value(),
                                    "at",
                                    terms.moments().stream()
                                            .map(moment -> moment.getEpochSecond() - early)
                                            .toList())));
        }
        return made;
    }

    private Prize mugOnTheWheel() {
        if (bugs.contains(Bug.FORGETS_CAPS)) {
            return capped(AwardConstraints.NONE);
        }
        return bugs.contains(Bug.CAPS_TOO_EARLY) ? capped(new AwardConstraints(MAX_UNITS - 1, MAX_UNITS_A_DAY)) : mug;
    }

    private Prize capped(AwardConstraints constraints) {
        return new Prize(mug.id(), mug.tenant(), mug.name(), mug.type(), null, mug.value(), constraints, false, 1);
    }

    /** Plays it, and says what was wrong; nothing where all was well. */
    public List<String> play() {
        world.introduce(mug, new Redemption(Redemption.Mode.ON_CLAIM, true, Duration.ofMinutes(30)));
        world.introduce(coupon, Redemption.ON_CLAIM);
        world.introduce(sticker, new Redemption(Redemption.Mode.INSTANT, true, null));
        world.introduce(car, Redemption.ON_CLAIM);
        stock(mug, 4);
        stock(coupon, 6);
        stock(sticker, 3);
        stock(car, 2);
        players.forEach(player -> giveTurns(player, 4));
        for (int step = 0; step < STEPS; step++) {
            now = now.plusSeconds(random.nextInt(60));
            switch (random.nextInt(16)) {
                case 0 -> stock(List.of(mug, coupon, sticker).get(random.nextInt(3)), random.nextInt(3));
                case 1 -> step(new RewardStep.Revoke(random.nextBoolean()));
                case 2 -> step(new RewardStep.Claim());
                case 3 -> step(new RewardStep.Fulfil());
                case 4 -> expire();
                case 5 -> openOnly();
                case 6 -> giveTurns(somebody(), random.nextInt(4));
                case 7 -> now = now.plus(Duration.ofHours(random.nextInt(10)));
                case 8, 9, 10, 11 -> send(1);
                default -> send(2 + random.nextInt(MAX_BATCH - 1));
            }
        }
        for (Prize prize : List.of(mug, coupon, sticker, car)) {
            model.remains(prize.id(), world.remaining(prize));
        }
        return model.wrong();
    }

    private PlayerId somebody() {
        return players.get(random.nextInt(players.size()));
    }

    private void stock(Prize prize, long delta) {
        boolean sellsMore = bugs.contains(Bug.SELLS_ONE_MORE) && !isStocked;
        isStocked = true;
        world.stock(prize, delta + (sellsMore ? 1 : 0));
        model.stocked(prize.id(), delta);
        // Fewer codes than units: one of the two runs out first.
        List<String> more = IntStream.range(0, random.nextInt(3))
                .mapToObj(_ -> "code-" + ++codes)
                .toList();
        world.codes(
                coupon, bugs.contains(Bug.LOSES_CODES) ? more.stream().skip(1).toList() : more);
        model.coded(coupon.id(), more.size());
    }

    private void giveTurns(PlayerId player, long turns) {
        world.turns(SPRING, player, turns);
        model.turns(player.value(), turns);
    }

    /** The program ends between start and play: the session stays open, and nothing happened. */
    private void openOnly() {
        ledger.open(wheel.session(somebody(), now));
    }

    /** So many requests at once: new ones, and such as were sent before, as after a crash or a lost answer. */
    private void send(int requests) {
        var batch = new ArrayList<Sent>();
        for (int i = 0; i < requests; i++) {
            boolean isRepeat = !sent.isEmpty() && random.nextInt(6) == 0;
            Request request = isRepeat ? again(sent.get(random.nextInt(sent.size()))) : first();
            boolean crashesBeforeCommit = random.nextInt(10) == 0;
            if (!crashesBeforeCommit) {
                batch.add(new Sent(request, decided(request), random.nextInt(10) > 0));
            }
        }
        commit(batch);
        // Who heard nothing asks again, and must hear of the same play.
        commit(batch.stream()
                .filter(one -> !one.isHeard())
                .map(Sent::request)
                .map(this::again)
                .map(request -> new Sent(request, decided(request), true))
                .toList());
    }

    private Request first() {
        Session session = wheel.session(somebody(), now);
        ledger.open(session);
        var request = new Request("key-" + sent.size(), session);
        sent.add(request);
        return request;
    }

    private Request again(Request before) {
        if (!bugs.contains(Bug.FORGETS_KEYS)) {
            return before;
        }
        Session session = wheel.session(before.session().player(), now);
        ledger.open(session);
        return new Request(before.key(), session);
    }

    /** A repeat is decided on the session as it was when it was sent first, as by a second instance in a race. */
    private DecidedPlay decided(Request request) {
        Session session = request.session();
        return wheel.decided(session, session.startedAt().plusSeconds(1));
    }

    private void commit(List<Sent> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<Outcome> outcomes = ledger.commit(batch.stream().map(this::pending).toList());
        var told = new ArrayList<Told>();
        // An answer from before may be to a play of the same batch.
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Committed(CommittedPlay done)) {
                committed.put(done.id().value(), done);
                done.rewards().forEach(reward -> rewards.add(reward.id()));
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            Sent one = batch.get(i);
            Session session = one.request().session();
            told.add(new Told(
                    session.player().value(),
                    one.request().key(),
                    session.id().value(),
                    one.play().occurredAt(),
                    drawn(one.play()),
                    answer(outcomes.get(i))));
        }
        model.told(told);
    }

    private PendingPlay pending(Sent one) {
        var claim = bugs.contains(Bug.FORGETS_KEYS)
                ? null
                : new IdempotencyClaim(one.request().key(), "hash");
        boolean isWithheld = bugs.contains(Bug.WITHHOLDS_PRIZES) && random.nextInt(8) == 0;
        DecidedPlay play = isWithheld ? winningNothing(one.play()) : one.play();
        return new PendingPlay(
                play, claim, done -> new KeptAnswer(200, done.id().value()), null);
    }

    private static DecidedPlay winningNothing(DecidedPlay play) {
        return new DecidedPlay(
                play.id(),
                play.game(),
                play.session(),
                play.input(),
                play.clientSeed(),
                List.of(),
                play.metadata(),
                play.score(),
                play.occurredAt(),
                play.prizes(),
                play.drawsUsed());
    }

    /** A spin draws one prize or none. */
    private static @Nullable PrizeId drawn(DecidedPlay play) {
        List<Award> awards = play.awards();
        assertThat(awards).as("awards of one spin").hasSizeLessThan(2);
        return awards.isEmpty() ? null : awards.getFirst().prize().id();
    }

    private Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Committed(CommittedPlay done) -> new Answer.Played(done);
            case Outcome.AnsweredBefore(KeptAnswer(int _, String id)) ->
                new Answer.Played(requireNonNull(committed.get(id), "the play behind a kept answer"));
            case Outcome.PrizeUnavailable(PrizeId prize, var why) -> new Answer.Failed(prize, why);
            case Outcome.OutOfTurns() -> new Answer.OutOfTurns();
            case Outcome.SessionConsumed() -> new Answer.SessionGone();
            case Outcome.ClientSeedFixed(), Outcome.KeyReused() ->
                throw new AssertionError("nobody names a seed or another request: " + outcome);
            case Outcome.Failed(RuntimeException why) -> throw why;
        };
    }

    private void step(RewardStep step) {
        if (!rewards.isEmpty()) {
            step(rewards.get(random.nextInt(rewards.size())), step);
        }
    }

    private void expire() {
        rewards.forEach(id -> step(id, new RewardStep.Expire()));
    }

    private void step(RewardId id, RewardStep step) {
        Stepped stepped = world.step(id, step, now);
        model.stepped(id, step, now, stepped.hasMoved(), stepped.hasReturned());
        if (stepped.hasReturned() && bugs.contains(Bug.RETURNS_NO_UNIT)) {
            world.stock(mug, -1);
        }
    }
}
