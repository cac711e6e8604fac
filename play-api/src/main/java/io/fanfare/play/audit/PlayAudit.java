package io.fanfare.play.audit;

import io.fanfare.engine.fairness.ProvableDraws;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.Deciding;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Recomputing;
import io.fanfare.engine.play.Recomputing.Finding;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Validator.Verdict;
import io.fanfare.play.game.PlayableGames;
import io.fanfare.store.play.CaughtPlayRecord;
import io.fanfare.store.play.CaughtPlays;
import io.fanfare.store.play.PlayRecord;
import io.fanfare.store.play.PlayRecords;
import io.fanfare.store.prize.PrizeRevisions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/** Reads a play back with all that it was decided on, and decides it again. */
@Component
public final class PlayAudit {

    private final PlayRecords records;
    private final CaughtPlays caught;
    private final PlayLedger ledger;
    private final PlayableGames games;
    private final PrizeRevisions prizes;

    PlayAudit(PlayRecords records, CaughtPlays caught, PlayLedger ledger, PlayableGames games, PrizeRevisions prizes) {
        this.records = records;
        this.caught = caught;
        this.ledger = ledger;
        this.games = games;
        this.prizes = prizes;
    }

    /**
     * A play, with what it was decided on.
     *
     * @param game in the revision of the play, under what its campaign said then
     * @param prizes as they were configured then
     */
    public record AuditedPlay(PlayRecord record, Session session, Game game, Map<PrizeId, Prize> prizes) {
        public AuditedPlay {
            prizes = Map.copyOf(prizes);
        }

        CommittedPlay play() {
            return record.play();
        }

        Verdict verdictNow() {
            return Recomputing.verdict(game, session, play().input(), play().occurredAt());
        }

        /** The draws that it took, redraws of prizes that could not be had left out. */
        List<Double> draws() {
            var decided = Deciding.decide(
                    game, session, play().input(), record.clientSeed(), prizes, play().id(), play().occurredAt());
            var draws = new ProvableDraws(
                    session.serverSeed(), record.clientSeed(), session.id().value());
            return LongStream.range(0, decided.drawsUsed())
                    .mapToObj(_ -> draws.next())
                    .toList();
        }
    }

    public Optional<AuditedPlay> find(TenantId tenant, PlayId id) {
        return records.find(tenant, id).map(record -> {
            CommittedPlay play = record.play();
            Session session = session(tenant, id, record.session());
            Game game = games.require(tenant, play.game(), play.gameRevision(), play.occurredAt());
            return new AuditedPlay(
                    record, session, game, prizes.inForce(tenant, game.shape().prizes(), play.occurredAt()));
        });
    }

    /** The session that a play, or an attempt that was caught, was made in. */
    Session session(TenantId tenant, PlayId id, SessionId session) {
        return ledger.session(tenant, session)
                .orElseThrow(() -> new IllegalStateException(
                        "play %s was played in session %s, which is not kept".formatted(id, session)));
    }

    /**
     * An attempt that was caught, with what it was judged on.
     *
     * @param game in the revision that it was judged under
     */
    record AuditedAttempt(CaughtPlayRecord record, Session session, Game game) {

        Verdict verdictNow() {
            return Recomputing.verdict(game, session, record.input(), record.occurredAt());
        }
    }

    Optional<AuditedAttempt> findCaught(TenantId tenant, PlayId id) {
        return caught.find(tenant, id)
                .map(record -> new AuditedAttempt(
                        record,
                        session(tenant, id, record.session()),
                        games.require(tenant, record.game(), record.gameRevision(), record.occurredAt())));
    }

    /** What comes of it when it is decided once more. */
    public Finding replay(AuditedPlay audited) {
        return Recomputing.check(
                audited.play(),
                audited.game(),
                audited.session(),
                audited.record().clientSeed(),
                audited.prizes());
    }
}
