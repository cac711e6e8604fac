package io.fanfare.engine.play;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.config.CanonicalText;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.FieldsRefused;
import io.fanfare.engine.fairness.ProvableDraws;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Resolving.Resolution;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.shape.Attempt;
import io.fanfare.engine.shape.Validator.Verdict;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes a play that is a fact: what it drew, from the revealed seed, and what it got, from a shelf on which exactly that
 * is missing which its record says was missing. The shelf itself is gone; everything that chance and policy did is not.
 */
public final class Recomputing {

    private Recomputing() {}

    /**
     * What a play came to, without what only the ledger gives: ids, codes, numbers.
     *
     * @param score null where the shape has none
     * @param won in its order
     */
    public record Result(Document metadata, @Nullable Long score, List<Won> won) {

        public Result {
            won = List.copyOf(won);
        }

        /** As its record tells it. */
        public static Result recorded(CommittedPlay play) {
            return new Result(
                    play.metadata(),
                    play.score(),
                    play.rewards().stream().map(Won::of).toList());
        }

        private boolean isSameAs(Result other) {
            return CanonicalText.of(metadata).equals(CanonicalText.of(other.metadata))
                    && Objects.equals(score, other.score)
                    && won.equals(other.won);
        }
    }

    /** One award: what it was of, and how much. */
    public record Won(PrizeId prize, String name, PrizeType type, long quantity, long value) {

        static Won of(GrantedReward reward) {
            return new Won(reward.prize(), reward.name(), reward.type(), reward.quantity(), reward.value());
        }

        static Won of(Award award) {
            Prize prize = award.prize();
            return new Won(prize.id(), prize.name(), prize.type(), award.quantity(), prize.value());
        }
    }

    /** What an audit finds. */
    public sealed interface Finding {

        record Matches() implements Finding {}

        /** What it should have been. */
        record Differs(Result expected) implements Finding {}
    }

    /**
     * @param game in the revision of the play
     * @param clientSeed with which it drew
     * @param prizes as they were configured then
     * @throws IllegalArgumentException where the game is in another revision
     */
    public static Finding check(
            CommittedPlay recorded, Game game, Session session, String clientSeed, Map<PrizeId, Prize> prizes) {
        if (game.revision() != recorded.gameRevision()) {
            throw new IllegalArgumentException("play %s was decided under revision %d, this is %d"
                    .formatted(recorded.id(), recorded.gameRevision(), game.revision()));
        }
        DecidedPlay drawn = drawn(recorded, game, session, clientSeed, prizes);
        Result expected = switch (Resolving.resolve(drawn, new RecordedShelf(recorded, game, prizes))) {
            // Nothing would have come of it.
            case Resolution.Fails _ -> new Result(drawn.metadata(), drawn.score(), List.of());
            case Resolution.Stands stands ->
                new Result(
                        stands.play().metadata(),
                        stands.play().score(),
                        stands.granted().stream().map(Won::of).toList());
        };
        return expected.isSameAs(Result.recorded(recorded)) ? new Finding.Matches() : new Finding.Differs(expected);
    }

    /**
     * What chance said to a play, in order, redraws of prizes that could not be had included.
     *
     * @param game in the revision of the play
     * @param clientSeed with which it drew
     * @param prizes as they were configured then
     */
    public static List<Double> draws(
            CommittedPlay recorded, Game game, Session session, String clientSeed, Map<PrizeId, Prize> prizes) {
        DecidedPlay drawn = drawn(recorded, game, session, clientSeed, prizes);
        var redraws = ProvableDraws.continued(
                session.serverSeed(), clientSeed, session.id().value(), drawn.drawsUsed());
        Resolving.resolve(drawn, new RecordedShelf(recorded, game, prizes), redraws);
        var draws =
                new ProvableDraws(session.serverSeed(), clientSeed, session.id().value());
        return LongStream.range(0, redraws.position())
                .mapToObj(_ -> draws.next())
                .toList();
    }

    private static DecidedPlay drawn(
            CommittedPlay recorded, Game game, Session session, String clientSeed, Map<PrizeId, Prize> prizes) {
        return Deciding.decide(
                game, session, recorded.input(), clientSeed, prizes, recorded.id(), recorded.occurredAt());
    }

    /**
     * What the start of a session must have dealt. A client seed that is fixed may have been named by the start, or by the play; so
     * what is kept is right if it follows from either.
     *
     * @param game in the revision that the session was opened under
     * @param clientSeed with which it was played, or is to be; empty where with none
     * @throws IllegalArgumentException where the game is in another revision
     */
    public static Document dealt(Game game, Session session, String clientSeed) {
        if (game.revision() != session.gameRevision()) {
            throw new IllegalArgumentException("session %s was opened under revision %d, this is %d"
                    .formatted(session.id(), session.gameRevision(), game.revision()));
        }
        Document withIt = dealtWith(game, session, clientSeed);
        return CanonicalText.of(withIt).equals(CanonicalText.of(session.seed()))
                ? withIt
                : dealtWith(game, session, "");
    }

    private static Document dealtWith(Game game, Session session, String clientSeed) {
        var draws = ProvableDraws.atStart(
                session.serverSeed(), clientSeed, session.id().value());
        return game.shape().seedGenerator().generate(draws);
    }

    /**
     * Judges an attempt again, whether it was taken for a play or caught.
     *
     * @param game in the revision that it was judged under
     * @param occurredAt when it was made
     */
    public static Verdict verdict(Game game, Session session, Document input, Instant occurredAt) {
        var attempt = new Attempt(session.seed(), input, Duration.between(session.startedAt(), occurredAt));
        try {
            return CheatCheck.judge(game.shape(), session, attempt);
        } catch (FieldsRefused refused) {
            // Such an input is refused before it is judged: somebody changed what was kept.
            return new Cheating(
                    "the payload is not what the game asks for",
                    refused.violations().stream()
                            .collect(toMap(FieldViolation::field, FieldViolation::description, (one, _) -> one)));
        }
    }

    /** Holds what the play got, and nothing more of what it could not get. */
    private static final class RecordedShelf implements Shelf {

        private final CommittedPlay recorded;
        private final Game game;
        private final Map<PrizeId, Prize> prizes;
        private final Map<PrizeId, Long> granted;

        private RecordedShelf(CommittedPlay recorded, Game game, Map<PrizeId, Prize> prizes) {
            this.recorded = recorded;
            this.game = game;
            this.prizes = prizes;
            this.granted = recorded.rewards().stream().collect(groupingBy(GrantedReward::prize, counting()));
        }

        @Override
        public long wonEver(PrizeId prize) {
            Prize limited = prizes.get(prize);
            return limited == null || !wasMissing(prize, Unavailability.CAPPED)
                    ? 0
                    : Math.max(0, limited.constraints().maxPerUser() - grantedOf(prize));
        }

        @Override
        public long wonToday(PrizeId prize) {
            Prize limited = prizes.get(prize);
            return limited == null || !wasMissing(prize, Unavailability.CAPPED)
                    ? 0
                    : Math.max(0, limited.constraints().maxPerDay() - grantedOf(prize));
        }

        @Override
        public long unitsLeft(PrizeId prize) {
            return wasMissing(prize, Unavailability.OUT_OF_STOCK) ? grantedOf(prize) : UNLIMITED;
        }

        @Override
        public long codesLeft(PrizeId prize) {
            return wasMissing(prize, Unavailability.NO_CODE) ? grantedOf(prize) : UNLIMITED;
        }

        /** A prize with moments is won at one or not at all. */
        @Override
        public long momentsClaimed(PrizeId prize) {
            return grantedOf(prize) > 0 ? 0 : UNLIMITED;
        }

        @Override
        public long spentByGame() {
            return spent(game.shape().terms().budget());
        }

        @Override
        public long spentByCampaign() {
            return spent(game.campaignTerms().budget());
        }

        private long spent(long budget) {
            boolean wasOver =
                    recorded.unavailable().stream().anyMatch(step -> step.why() == Unavailability.OVER_BUDGET);
            long given =
                    recorded.rewards().stream().mapToLong(RecordedShelf::cost).reduce(0, Math::addExact);
            return wasOver ? budget - given : 0;
        }

        private static long cost(GrantedReward reward) {
            return Prize.cost(reward.type(), reward.value(), reward.quantity());
        }

        private boolean wasMissing(PrizeId prize, Unavailability why) {
            return recorded.unavailable().stream()
                    .filter(step -> step.prize().equals(prize))
                    .map(Unavailable::why)
                    .anyMatch(why::equals);
        }

        private long grantedOf(PrizeId prize) {
            return granted.getOrDefault(prize, 0L);
        }
    }
}
