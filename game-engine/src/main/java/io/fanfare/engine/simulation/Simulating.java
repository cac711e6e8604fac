package io.fanfare.engine.simulation;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.SeededDraws;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Deciding;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.Resolving;
import io.fanfare.engine.play.Resolving.Resolution;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.simulation.Forecast.Point;
import io.fanfare.engine.simulation.Forecast.PrizeForecast;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Plays a game many times without touching anything: what is dealt, decided and settled is what a real play would be, by the
 * same code; only chance comes from a fast seeded generator, and what players claim from the shape's
 * {@link io.fanfare.engine.shape.RewardHandler#sampleInput}. Limits of plays, turns and claims are left out: every play of the
 * crowd takes place, and everybody is honest. The same seed gives the same forecast.
 */
public final class Simulating {

    private static final int POINTS = 100;
    private static final PlayerId ANYBODY = new PlayerId("anybody");
    private static final ServerSeed NO_SEED = new ServerSeed("0".repeat(64));

    private final Question question;
    private final SeededDraws draws;
    private final SimulatedShelf shelf;
    private final Map<PrizeId, Tally> tallies = new TreeMap<>();
    private final Map<Unavailability, Long> unavailable = new EnumMap<>(Unavailability.class);
    private final List<Point> curve = new ArrayList<>();
    private long wins;
    private long cost;

    /**
     * What is asked.
     *
     * @param prizes every prize that the game could award
     * @param stock units of each; one that is left out is unlimited
     * @param codes free codes of each that needs them; one that is left out has enough
     */
    public record Question(
            Game game, Map<PrizeId, Prize> prizes, Map<PrizeId, Long> stock, Map<PrizeId, Long> codes, Crowd crowd) {
        public Question {
            requireNonNull(game, "game");
            requireNonNull(crowd, "crowd");
            prizes = Map.copyOf(prizes);
            stock = Map.copyOf(stock);
            codes = Map.copyOf(codes);
        }
    }

    private static final class Tally {
        private long awarded;
        private long cost;
        private long exhaustedAt;
    }

    private Simulating(Question question, long seed) {
        this.question = question;
        this.draws = new SeededDraws(seed);
        this.shelf = new SimulatedShelf(question);
        question.game().shape().prizes().forEach(prize -> tallies.put(prize, new Tally()));
    }

    public static Forecast simulate(Question question, long seed) {
        return simulate(question, seed, _ -> {});
    }

    /** @param progress told the number of plays so far, a hundred times; throwing ends the simulation */
    public static Forecast simulate(Question question, long seed, LongConsumer progress) {
        return new Simulating(question, seed).run(progress);
    }

    private Forecast run(LongConsumer progress) {
        long plays = question.crowd().plays();
        long step = Math.ceilDiv(plays, POINTS);
        curve.add(new Point(0, 0, 0));
        for (long play = 1; play <= plays; play++) {
            play(play);
            if (play % step == 0 || play == plays) {
                curve.add(new Point(play, wins, cost));
                progress.accept(play);
            }
        }
        var prizes = new TreeMap<PrizeId, PrizeForecast>();
        tallies.forEach((prize, tally) -> prizes.put(
                prize,
                new PrizeForecast(
                        tally.awarded,
                        (double) tally.awarded / plays,
                        tally.cost,
                        tally.exhaustedAt == 0 ? null : tally.exhaustedAt)));
        return new Forecast(plays, wins, cost, prizes, unavailable, curve);
    }

    private void play(long number) {
        Game game = question.game();
        Instant now = question.crowd().momentOf(number - 1);
        Document seed = game.shape().seedGenerator().generate(draws);
        Document input = game.shape().rewardHandler().sampleInput(seed, draws);
        var session = session(game, seed, number, now);
        var decided =
                Deciding.decide(game, session, input, "", question.prizes(), new PlayId("play_" + number), now, draws);
        shelf.turnTo(question.crowd().playerOf(number - 1), now);
        switch (Resolving.resolve(decided, shelf, draws)) {
            case Resolution.Fails(PrizeId prize, Unavailability why) -> missed(prize, why, number);
            case Resolution.Stands stands -> settle(stands, number);
        }
    }

    private void settle(Resolution.Stands stands, long number) {
        stands.steps().forEach(step -> missed(step.prize(), step.why(), number));
        for (Award award : stands.granted()) {
            Tally tally = tallies.computeIfAbsent(award.prize().id(), _ -> new Tally());
            tally.awarded++;
            tally.cost = Math.addExact(tally.cost, award.cost());
        }
        shelf.take(stands);
        cost = Math.addExact(cost, stands.cost());
        wins += stands.granted().isEmpty() ? 0 : 1;
    }

    private void missed(PrizeId prize, Unavailability why, long number) {
        unavailable.merge(why, 1L, Long::sum);
        Tally tally = tallies.computeIfAbsent(prize, _ -> new Tally());
        boolean isExhausted = why == Unavailability.OUT_OF_STOCK || why == Unavailability.NO_CODE;
        if (isExhausted && tally.exhaustedAt == 0) {
            tally.exhaustedAt = number;
        }
    }

    /** Started long enough ago that any claim about the time it took is honest. */
    private static Session session(Game game, Document seed, long number, Instant now) {
        return new Session(
                new SessionId("sess_" + number),
                game.tenant(),
                game.id(),
                game.revision(),
                ANYBODY,
                seed,
                NO_SEED,
                now.minus(Duration.ofSeconds(1)),
                now.plus(Session.TIME_TO_LIVE),
                null);
    }
}
