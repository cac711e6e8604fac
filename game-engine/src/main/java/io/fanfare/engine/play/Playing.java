package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.FieldsRefused;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Attempt;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import io.fanfare.engine.shape.Validator.Verdict.Plausible;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays a session: the second of the four decisions. */
public final class Playing {

    private Playing() {}

    /**
     * A request to play.
     *
     * @param session as the ledger knows it; null where it knows none
     * @param clientSeed what the player adds to the draws; empty where nothing
     * @param prizes every prize that the game could award: {@link io.fanfare.engine.shape.GameShape#prizes()}
     * @param playId a fresh one
     */
    public record PlayRequest(
            Game game,
            PlayerId player,
            @Nullable Session session,
            Document input,
            String clientSeed,
            Allowance allowance,
            Map<PrizeId, Prize> prizes,
            PlayId playId) {
        public PlayRequest {
            prizes = Map.copyOf(prizes);
        }

        /** For a game that takes no turns and whose campaign has no limits; any other is out of turns. */
        public PlayRequest(
                Game game,
                PlayerId player,
                @Nullable Session session,
                Document input,
                String clientSeed,
                PlayCounts counts,
                Map<PrizeId, Prize> prizes,
                PlayId playId) {
            this(game, player, session, input, clientSeed, Allowance.of(counts), prizes, playId);
        }
    }

    /** What comes of a request to play. */
    public sealed interface PlayDecision {

        record Decided(DecidedPlay play) implements PlayDecision {}

        /** The player cheats: the session burns, by {@link PlayLedger#burn}. */
        record Caught(CaughtPlay play) implements PlayDecision {}

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
    }

    public static PlayDecision play(PlayRequest request, Instant now) {
        return refusal(request, now)
                .<PlayDecision>map(PlayDecision.Refused::new)
                .orElseGet(() -> judge(request, now));
    }

    private static Optional<Refusal> refusal(PlayRequest request, Instant now) {
        Game game = request.game();
        Session session = request.session();
        if (!game.isOpen(now)) {
            return Optional.of(new Refusal.GameNotActive());
        }
        if (session == null || !session.isFor(game, request.player())) {
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

    private static PlayDecision judge(PlayRequest request, Instant now) {
        Session session = requireNonNull(request.session(), "session");
        var shape = request.game().shape();
        try {
            refuseUnknownInput(shape.inputFields(), request.input());
            String clientSeed = session.clientSeedFor(request.clientSeed());
            var attempt = new Attempt(session.seed(), request.input(), Duration.between(session.startedAt(), now));
            return switch (CheatCheck.judge(shape, session, attempt)) {
                case Cheating cheating ->
                    new PlayDecision.Caught(
                            new CaughtPlay(request.playId(), request.game(), session, request.input(), cheating, now));
                case Plausible _ when isOutOfTurns(request, now) -> new PlayDecision.Refused(new Refusal.OutOfTurns());
                case Plausible _ ->
                    new PlayDecision.Decided(Deciding.decide(
                            request.game(),
                            session,
                            request.input(),
                            clientSeed,
                            request.prizes(),
                            request.playId(),
                            now));
            };
        } catch (FieldsRefused refused) {
            return new PlayDecision.Refused(new Refusal.InputRefused(refused.violations()));
        }
    }

    private static boolean isOutOfTurns(PlayRequest request, Instant now) {
        return Eligibility.of(request.game(), request.allowance(), now).remainingPlays() == 0;
    }

    private static void refuseUnknownInput(Set<String> known, Document input) {
        List<FieldViolation> unknown = input.values().keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new FieldViolation("payload." + name, "is not known"))
                .toList();
        if (!unknown.isEmpty()) {
            throw new FieldsRefused(unknown);
        }
    }
}
