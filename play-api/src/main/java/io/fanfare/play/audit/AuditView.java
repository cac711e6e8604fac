package io.fanfare.play.audit;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.play.Times;
import io.fanfare.play.audit.PlayAudit.AuditedPlay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a play.
 *
 * @param gameRevision the configuration that it was decided under
 * @param verdict of the validator: what is no plausible claim becomes no play, so here always plausible
 * @param seedData what the start dealt
 * @param draws what chance said, in order; redraws of prizes that could not be had left out
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
        long sequence,
        Document seedData,
        Document payload,
        String verdict,
        String serverSeed,
        String serverSeedHash,
        String clientSeed,
        List<Double> draws,
        Document metadata,
        @Nullable Long score,
        List<AuditedReward> rewards,
        List<ResolutionStep> resolution,
        List<PrizeRevision> prizes,
        @Nullable String trace) {

    /** The ledger keeps no other: a claim that cannot be true burns its session instead. */
    private static final String PLAUSIBLE = "plausible";

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
}
