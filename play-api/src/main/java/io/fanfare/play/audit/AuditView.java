package io.fanfare.play.audit;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import io.fanfare.play.Times;
import io.fanfare.play.audit.PlayAudit.AuditedPlay;
import io.fanfare.store.play.CaughtPlayRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a play, or of an attempt that was caught.
 *
 * @param gameRevision the configuration that it was decided under
 * @param verdict of the validator: {@code plausible}, or {@code caught}, which drew and won nothing
 * @param caught what gave it away; null of a play
 * @param sequence the player's number for the play; null of an attempt that was caught
 * @param clientSeed null where nothing was drawn
 * @param seedData what the start dealt
 * @param draws what chance said, in order, redraws of prizes that could not be had included
 * @param resolution what was drawn and could not be had
 * @param prizes the revision that was in force of each prize that the game could award
 * @param trace W3C traceparent of the request; null where it had none
 */
record AuditView(
        PlayId playId,
        GameId gameId,
        long gameRevision,
        PlayerId playerId,
        SessionId sessionId,
        long startedAt,
        long createdAt,
        @Nullable Long sequence,
        Document seedData,
        Document payload,
        String verdict,
        @Nullable CaughtFacts caught,
        String serverSeed,
        String serverSeedHash,
        @Nullable String clientSeed,
        List<Double> draws,
        @Nullable Document metadata,
        @Nullable Long score,
        List<AuditedReward> rewards,
        List<ResolutionStep> resolution,
        List<PrizeRevision> prizes,
        @Nullable String trace) {

    static final String PLAUSIBLE = "plausible";
    static final String CAUGHT = "caught";

    /**
     * What gave an attempt away.
     *
     * @param why in words
     * @param facts by name
     */
    record CaughtFacts(String why, Map<String, String> facts) {

        static CaughtFacts of(CaughtPlayRecord caught) {
            return new CaughtFacts(caught.why(), caught.facts());
        }

        static CaughtFacts of(Cheating cheating) {
            return new CaughtFacts(cheating.why(), cheating.facts());
        }
    }

    /** What was won, without its code. */
    record AuditedReward(RewardId rewardId, PrizeId prizeId, String name, String type, long quantity, long value) {

        static AuditedReward of(GrantedReward reward) {
            return new AuditedReward(
                    reward.id(),
                    reward.prize(),
                    reward.name(),
                    reward.type().wireName(),
                    reward.quantity(),
                    reward.value());
        }
    }

    /** @param instead nothing, redrawn or fallback */
    record ResolutionStep(PrizeId prizeId, String reason, String instead) {

        static ResolutionStep of(Unavailable step) {
            return new ResolutionStep(
                    step.prize(), step.why().wireName(), step.instead().wireName());
        }
    }

    record PrizeRevision(PrizeId prizeId, long revision) {

        static List<PrizeRevision> of(AuditedPlay audited) {
            return audited.prizes().values().stream()
                    .map(prize -> new PrizeRevision(prize.id(), prize.revision()))
                    .sorted((one, other) -> one.prizeId().compareTo(other.prizeId()))
                    .toList();
        }
    }

    static AuditView of(AuditedPlay audited) {
        CommittedPlay play = audited.play();
        var session = audited.session();
        return new AuditView(
                play.id(),
                play.game(),
                play.gameRevision(),
                play.player(),
                session.id(),
                Times.seconds(session.startedAt()),
                Times.seconds(play.occurredAt()),
                play.sequence(),
                session.seed(),
                play.input(),
                PLAUSIBLE,
                null,
                session.serverSeed().value(),
                session.serverSeed().hash(),
                audited.record().clientSeed(),
                audited.draws(),
                play.metadata(),
                play.score(),
                play.rewards().stream().map(AuditedReward::of).toList(),
                play.unavailable().stream().map(ResolutionStep::of).toList(),
                PrizeRevision.of(audited),
                audited.record().traceparent());
    }

    static AuditView of(CaughtPlayRecord caught, Session session) {
        return new AuditView(
                caught.id(),
                caught.game(),
                caught.gameRevision(),
                caught.player(),
                caught.session(),
                Times.seconds(session.startedAt()),
                Times.seconds(caught.occurredAt()),
                null,
                session.seed(),
                caught.input(),
                CAUGHT,
                CaughtFacts.of(caught),
                session.serverSeed().value(),
                session.serverSeed().hash(),
                session.clientSeed(),
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                caught.traceparent());
    }
}
