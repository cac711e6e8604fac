package io.fanfare.play.audit;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static io.fanfare.edge.caller.Role.SUPPORT;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.play.Times;
import io.fanfare.play.audit.AuditView.CaughtFacts;
import io.fanfare.play.relay.NothingToPublish;
import io.fanfare.store.play.CaughtPlayRecord;
import io.fanfare.store.play.CaughtPlays;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a play was decided on, and whether it comes out the same again. */
@Tag(name = "audit")
@RestController
@RequestMapping("/api/v1/admin/plays")
final class AuditRoutes {

    private final PlayAudit audit;
    private final CaughtPlays caught;

    AuditRoutes(PlayAudit audit, CaughtPlays caught) {
        this.audit = audit;
        this.caught = caught;
    }

    /** An attempt that could not be true: it took its session, and nothing else. */
    record CaughtView(
            PlayId playId,
            GameId gameId,
            long gameRevision,
            PlayerId playerId,
            SessionId sessionId,
            long createdAt,
            Document payload,
            String verdict,
            CaughtFacts caught) {

        static CaughtView of(CaughtPlayRecord attempt) {
            return new CaughtView(
                    attempt.id(),
                    attempt.game(),
                    attempt.gameRevision(),
                    attempt.player(),
                    attempt.session(),
                    Times.seconds(attempt.occurredAt()),
                    attempt.input(),
                    AuditView.CAUGHT,
                    CaughtFacts.of(attempt));
        }
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER, SUPPORT})
    @GetMapping("/{id}")
    Envelope<AuditView> one(Caller caller, @PathVariable("id") PlayId id) {
        return Envelope.ok(audit.find(caller.tenant(), id)
                .map(AuditView::of)
                .or(() -> caught.find(caller.tenant(), id)
                        .map(attempt ->
                                AuditView.of(attempt, audit.session(caller.tenant(), attempt.id(), attempt.session()))))
                .orElseThrow(() -> Refused.notFound("play", id)));
    }

    /**
     * The attempts that were caught, newest first.
     *
     * @param verdict {@code caught}: no others are listed here
     * @param game of this game alone
     * @param player of this player alone
     */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER, SUPPORT})
    @GetMapping
    Envelope<Page<CaughtView>> list(
            Caller caller,
            @RequestParam(name = "verdict", required = false) @Nullable String verdict,
            @RequestParam(name = "game_id", required = false) @Nullable GameId game,
            @RequestParam(name = "player_id", required = false) @Nullable PlayerId player,
            Paging paging) {
        if (!AuditView.CAUGHT.equals(verdict)) {
            String is = verdict == null ? "is missing" : "is '%s'".formatted(verdict);
            throw Refused.invalid("verdict", "%s, expected %s".formatted(is, AuditView.CAUGHT));
        }
        var page = caught.list(
                caller.tenant(), new CaughtPlays.Wanted(game, player), paging.after(PlayId::new), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), attempt -> attempt.id().value())
                        .map(CaughtView::of));
    }

    /** Decides it again from what is kept, or judges an attempt again that was caught; changes nothing. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER, SUPPORT})
    @NothingToPublish
    @PostMapping("/{id}/replay")
    Envelope<Replay> replay(Caller caller, @PathVariable("id") PlayId id) {
        return Envelope.ok(audit.find(caller.tenant(), id)
                .map(play -> Replay.of(audit.replay(play)))
                .or(() -> audit.findCaught(caller.tenant(), id).map(Replay::of))
                .orElseThrow(() -> Refused.notFound("play", id)));
    }
}
