package io.fanfare.play.audit;

import io.fanfare.engine.config.CanonicalText;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads a play back with all that it was decided on, and decides it again. */
@Component
public final class PlayAudit {

    /**
     * For how long around a change of a prize a play may be decided under either: instances remember definitions for a second, and
     * their clocks are not quite the same.
     */
    private static final Duration CHANGING = Duration.ofSeconds(5);

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
     * @param dealt what its start must have dealt
     */
    public record AuditedPlay(
            PlayRecord record, Session session, Game game, Map<PrizeId, Prize> prizes, Document dealt) {
        public AuditedPlay {
            prizes = Map.copyOf(prizes);
        }

        CommittedPlay play() {
            return record.play();
        }

        private AuditedPlay with(Map<PrizeId, Prize> others) {
            return new AuditedPlay(record, session, game, others, dealt);
        }

        Verdict verdictNow() {
            return Recomputing.verdict(game, session, play().input(), play().occurredAt());
        }

        List<Double> draws() {
            return Recomputing.draws(play(), game, session, record.clientSeed(), prizes);
        }
    }

    public Optional<AuditedPlay> find(TenantId tenant, PlayId id) {
        return records.find(tenant, id).map(record -> {
            CommittedPlay play = record.play();
            Session session = session(tenant, id, record.session());
            Game game = games.require(tenant, play.game(), play.gameRevision(), play.occurredAt());
            return new AuditedPlay(
                    record,
                    session,
                    game,
                    prizes.inForce(tenant, game.shape().prizes(), play.occurredAt()),
                    dealt(session, record.clientSeed()));
        });
    }

    private Document dealt(Session session, String clientSeed) {
        Game atStart = games.require(session.tenant(), session.game(), session.gameRevision());
        return Recomputing.dealt(atStart, session, clientSeed);
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
     * @param dealt what its start must have dealt
     */
    record AuditedAttempt(CaughtPlayRecord record, Session session, Game game, Document dealt) {

        Verdict verdictNow() {
            return Recomputing.verdict(game, session, record.input(), record.occurredAt());
        }
    }

    Optional<AuditedAttempt> findCaught(TenantId tenant, PlayId id) {
        return caught.find(tenant, id).map(record -> {
            Session session = session(tenant, id, record.session());
            String clientSeed = session.clientSeed();
            return new AuditedAttempt(
                    record,
                    session,
                    games.require(tenant, record.game(), record.gameRevision(), record.occurredAt()),
                    dealt(session, clientSeed == null ? "" : clientSeed));
        });
    }

    /**
     * What came of a play when it was decided once more.
     *
     * @param play with the revisions of its prizes that it was decided under, where they explain it
     */
    public record Replayed(AuditedPlay play, Finding finding) {

        /** Whether the record follows from its seeds, what was dealt included. */
        public boolean matches() {
            return finding instanceof Finding.Matches
                    && CanonicalText.of(play.dealt())
                            .equals(CanonicalText.of(play.session().seed()));
        }
    }

    /**
     * Decides it once more. A prize that was configured anew around the time of the play may have been remembered as it was, or known
     * already as it was to be: then what is recorded of it must be one or the other.
     */
    public Replayed replay(AuditedPlay audited) {
        Finding finding = check(audited);
        if (finding instanceof Finding.Matches) {
            return new Replayed(audited, finding);
        }
        return changing(audited).stream()
                .map(audited::with)
                .map(other -> new Replayed(other, check(other)))
                .filter(replayed -> replayed.finding() instanceof Finding.Matches)
                .findFirst()
                .orElseGet(() -> new Replayed(audited, finding));
    }

    private static Finding check(AuditedPlay audited) {
        return Recomputing.check(
                audited.play(),
                audited.game(),
                audited.session(),
                audited.record().clientSeed(),
                audited.prizes());
    }

    /** What else the prizes may have been: each as what is recorded of it says, or all as before or as after. */
    private List<Map<PrizeId, Prize>> changing(AuditedPlay audited) {
        Instant at = audited.play().occurredAt();
        TenantId tenant = audited.record().tenant();
        Set<PrizeId> ids = audited.prizes().keySet();
        Map<PrizeId, Prize> before = prizes.inForce(tenant, ids, at.minus(CHANGING));
        Map<PrizeId, Prize> after = prizes.inForce(tenant, ids, at.plus(CHANGING));
        Map<PrizeId, Prize> asRecorded = new HashMap<>(audited.prizes());
        for (GrantedReward reward : audited.play().rewards()) {
            Stream.of(before, after)
                    .flatMap(around -> Stream.ofNullable(around.get(reward.prize())))
                    .filter(prize -> isOf(reward, prize))
                    .findFirst()
                    .ifPresent(prize -> asRecorded.put(prize.id(), prize));
        }
        return List.of(asRecorded, before, after);
    }

    private static boolean isOf(GrantedReward reward, Prize prize) {
        return reward.name().equals(prize.name()) && reward.type() == prize.type() && reward.value() == prize.value();
    }
}
