package io.fanfare.play.play;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Allowance;
import io.fanfare.engine.play.CaughtPlay;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.Eligibility;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Playing;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Playing.PlayRequest;
import io.fanfare.engine.play.Playing.Refusal;
import io.fanfare.engine.play.Session;
import io.fanfare.play.game.PlayableGames;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.play.prize.PlayablePrizes;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.play.CaughtPlayRecord;
import io.fanfare.store.play.CaughtPlays;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** One play from request to fact: what is known is read, the engine decides, the ledger commits. */
@Component
final class GamePlay {

    private final PlayableGames games;
    private final PlayablePrizes prizes;
    private final PlayLedger ledger;
    private final CaughtPlays caught;
    private final Ids ids;
    private final Clock clock;
    private final JsonMapper json;

    GamePlay(
            PlayableGames games,
            PlayablePrizes prizes,
            PlayLedger ledger,
            CaughtPlays caught,
            Ids ids,
            Clock clock,
            JsonMapper json) {
        this.games = games;
        this.prizes = prizes;
        this.ledger = ledger;
        this.caught = caught;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    /**
     * @param isLoggedIn whether the player is more than a guest
     * @param session as the ledger knows it; null where it knows none
     */
    record PlayWish(
            TenantId tenant,
            GameId game,
            PlayerId player,
            boolean isLoggedIn,
            @Nullable Session session,
            Document payload,
            String clientSeed) {}

    sealed interface PlayOutcome {

        record Played(PlayAnswer answer) implements PlayOutcome {}

        /** The same request was answered before, elsewhere. */
        record AnsweredBefore(KeptAnswer answer) implements PlayOutcome {}

        record Refusal(Refused why) implements PlayOutcome {}
    }

    PlayOutcome play(PlayWish wish, RequestKey key) {
        Instant now = UtcTimes.toMillis(clock.instant());
        Game game = games.require(wish.tenant(), wish.game());
        if (game.requiresLogin() && !wish.isLoggedIn()) {
            return refusal(Reason.UNAUTHENTICATED, "this game is for players who are logged in");
        }
        var request = new PlayRequest(
                game,
                wish.player(),
                wish.session(),
                wish.payload(),
                wish.clientSeed(),
                allowance(game, wish.player(), now),
                prizes.findAll(wish.tenant(), game.shape().prizes()),
                ids.play());
        return switch (Playing.play(request, now)) {
            case PlayDecision.Decided(DecidedPlay play) -> commit(play, key);
            case PlayDecision.Caught(CaughtPlay attempt) -> burn(attempt, wish, key);
            case PlayDecision.Refused(Refusal.SessionConsumed _) -> consumed(wish, key);
            case PlayDecision.Refused(Refusal why) -> new PlayOutcome.Refusal(refused(why));
        };
    }

    private Allowance allowance(Game game, PlayerId player, Instant now) {
        return Eligibility.isLimited(game) ? ledger.allowance(game, player, now) : Allowance.FULL;
    }

    private PlayOutcome burn(CaughtPlay attempt, PlayWish wish, RequestKey key) {
        if (!ledger.burn(attempt, TraceContext.current().traceparent())) {
            return consumed(wish, key);
        }
        var verdict = attempt.verdict();
        return cheating(verdict.why(), verdict.facts());
    }

    /**
     * The answer to an attempt that was caught is kept when its request is over. Where the process died before that, the same request
     * hears the same again: the attempt itself was kept in the transaction that made an end of the session.
     */
    private PlayOutcome consumed(PlayWish wish, RequestKey key) {
        Session session = wish.session();
        if (key.claim() != null && session != null) {
            Optional<CaughtPlayRecord> before = caught.ofSession(wish.tenant(), session.id())
                    .filter(attempt -> text(attempt.input()).equals(text(wish.payload())));
            if (before.isPresent()) {
                return cheating(before.get().why(), before.get().facts());
            }
        }
        return refusal(Reason.SESSION_CONSUMED, "the session was played already");
    }

    private String text(Document document) {
        return json.writeValueAsString(document);
    }

    private static PlayOutcome cheating(String why, Map<String, String> facts) {
        return new PlayOutcome.Refusal(new Refused(Reason.CHEAT_DETECTED, why, facts));
    }

    private PlayOutcome commit(DecidedPlay play, RequestKey key) {
        // The answer is made by whoever commits the batch, in the trace of this request all the same.
        TraceContext trace = TraceContext.current();
        var pending = new PendingPlay(
                play,
                key.takeClaim(),
                committed -> new KeptAnswer(200, json.writeValueAsString(Envelope.ok(answer(committed, play), trace))),
                trace.traceparent());
        return switch (ledger.commit(List.of(pending)).getFirst()) {
            case PlayLedger.Outcome.Committed(CommittedPlay committed) ->
                new PlayOutcome.Played(answer(committed, play));
            case PlayLedger.Outcome.AnsweredBefore(KeptAnswer answer) -> new PlayOutcome.AnsweredBefore(answer);
            case PlayLedger.Outcome.SessionConsumed() ->
                refusal(Reason.SESSION_CONSUMED, "the session was played already");
            case PlayLedger.Outcome.ClientSeedFixed() ->
                new PlayOutcome.Refusal(
                        Refused.invalid("client_seed", "is not the one that this session has drawn with"));
            case PlayLedger.Outcome.OutOfTurns() -> refusal(Reason.OUT_OF_TURNS, "no plays are left");
            case PlayLedger.Outcome.KeyReused() ->
                refusal(Reason.IDEMPOTENCY_KEY_REUSED, "the key was used for another request before");
            case PlayLedger.Outcome.PrizeUnavailable(var prize, var why) ->
                new PlayOutcome.Refusal(new Refused(
                        Reason.PRIZE_OUT_OF_STOCK,
                        "the prize that was drawn cannot be had",
                        Map.of("prize_id", prize.value(), "why", why.wireName())));
            case PlayLedger.Outcome.Failed(RuntimeException why) -> throw why;
        };
    }

    private static PlayAnswer answer(CommittedPlay committed, DecidedPlay decided) {
        return PlayAnswer.of(committed, decided);
    }

    private static PlayOutcome refusal(Reason reason, String message) {
        return new PlayOutcome.Refusal(new Refused(reason, message));
    }

    private static Refused refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.GameNotActive() -> new Refused(Reason.GAME_NOT_ACTIVE, "the game cannot be played now");
            case Refusal.SessionInvalid() -> new Refused(Reason.SESSION_INVALID, "there is no such session");
            case Refusal.SessionConsumed() -> new Refused(Reason.SESSION_CONSUMED, "the session was played already");
            case Refusal.SessionExpired(Instant at) ->
                new Refused(
                        Reason.SESSION_EXPIRED,
                        "the session is over",
                        Map.of("expired_at", String.valueOf(at.getEpochSecond())));
            case Refusal.OutOfTurns() -> new Refused(Reason.OUT_OF_TURNS, "no plays are left");
            case Refusal.InputRefused(var violations) -> Refused.invalid(violations);
        };
    }
}
