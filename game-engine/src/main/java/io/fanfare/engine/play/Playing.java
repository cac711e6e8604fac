package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.FieldsRefused;
import io.fanfare.engine.fairness.ProvableDraws;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Playing.PlayDecision.Refused;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Attempt;
import io.fanfare.engine.shape.RewardHandler.Win;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import io.fanfare.engine.shape.Validator.Verdict.Plausible;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plays a session: the second of the four decisions. */
public final class Playing {

    private Playing() {}

    /**
     * A request to play.
     *
     * @param session as the ledger knows it; null where it knows none
     * @param prizes every prize that the game could award
     * @param playId a fresh one
     */
    public record PlayRequest(
            Game game,
            PlayerId player,
            @Nullable Session session,
            Document input,
            String clientSeed,
            PlayCounts counts,
            Map<PrizeId, Prize> prizes,
            PlayId playId) {
        public PlayRequest {
            prizes = Map.copyOf(prizes);
        }
    }

    /** What comes of a request to play. */
    public sealed interface PlayDecision {

        record Decided(DecidedPlay play) implements PlayDecision {}

        record Refused(Refusal why) implements PlayDecision {}
    }

    /** Why a play is refused; nothing is consumed. */
    public sealed interface Refusal {

        record GameNotActive() implements Refusal {}

        /** The session is unknown, or of another game or player. */
        record SessionInvalid() implements Refusal {}

        record SessionConsumed() implements Refusal {}

        record SessionExpired(Instant at) implements Refusal {}

        record OutOfTurns() implements Refusal {}

        record InputRefused(List<FieldViolation> violations) implements Refusal {}

        record CheatDetected(Cheating verdict) implements Refusal {}
    }

    public static PlayDecision play(PlayRequest request, Instant now) {
        return refusal(request, now).<PlayDecision>map(Refused::new).orElseGet(() -> decide(request, now));
    }

    private static Optional<Refusal> refusal(PlayRequest request, Instant now) {
        Game game = request.game();
        Session session = request.session();
        if (!game.isOpen(now)) {
            return Optional.of(new Refusal.GameNotActive());
        }
        if (session == null || !session.isFor(game.id(), request.player())) {
            return Optional.of(new Refusal.SessionInvalid());
        }
        if (session.isConsumed()) {
            return Optional.of(new Refusal.SessionConsumed());
        }
        if (session.isExpired(now)) {
            return Optional.of(new Refusal.SessionExpired(session.expiresAt()));
        }
        return Optional.empty();
    }

    private static PlayDecision decide(PlayRequest request, Instant now) {
        Session session = requireNonNull(request.session(), "session");
        try {
            refuseUnknownInput(request);
            var attempt = new Attempt(session.seed(), request.input(), Duration.between(session.startedAt(), now));
            return switch (request.game().shape().validator().judge(attempt)) {
                case Cheating cheating -> new Refused(new Refusal.CheatDetected(cheating));
                case Plausible _ when isOutOfTurns(request, now) -> new Refused(new Refusal.OutOfTurns());
                case Plausible _ -> new PlayDecision.Decided(draw(request, session, attempt, now));
            };
        } catch (FieldsRefused refused) {
            return new Refused(new Refusal.InputRefused(refused.violations()));
        }
    }

    private static boolean isOutOfTurns(PlayRequest request, Instant now) {
        return Eligibility.of(request.game(), request.counts(), now).remainingPlays() == 0;
    }

    private static void refuseUnknownInput(PlayRequest request) {
        var shape = request.game().shape();
        List<FieldViolation> unknown = request.input().values().keySet().stream()
                .filter(name -> !shape.validator().inputFields().contains(name)
                        && !shape.rewardHandler().inputFields().contains(name))
                .map(name -> new FieldViolation("payload." + name, "is not known"))
                .toList();
        if (!unknown.isEmpty()) {
            throw new FieldsRefused(unknown);
        }
    }

    private static DecidedPlay draw(PlayRequest request, Session session, Attempt attempt, Instant now) {
        var draws = new ProvableDraws(
                session.serverSeed(), request.clientSeed(), session.id().value());
        var result = request.game().shape().rewardHandler().decide(attempt, draws);
        List<Award> awards = result.wins().stream()
                .flatMap(win -> awards(win, request.prizes()))
                .toList();
        return new DecidedPlay(
                request.playId(),
                request.game(),
                session,
                request.input(),
                request.clientSeed(),
                awards,
                result.metadata(),
                result.score(),
                now);
    }

    private static Stream<Award> awards(Win win, Map<PrizeId, Prize> prizes) {
        Prize prize = prizes.get(win.prize());
        if (prize == null) {
            throw new IllegalStateException("the game awards prize %s, which is not there".formatted(win.prize()));
        }
        return prize.type().isCredit()
                ? Stream.of(new Award(prize, win.quantity()))
                : Stream.generate(() -> new Award(prize, 1)).limit(win.quantity());
    }
}
