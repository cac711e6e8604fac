package io.fanfare.play.leaderboard;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.play.Times;
import io.fanfare.store.leaderboard.LeaderboardRecord;
import io.fanfare.store.leaderboard.Leaderboards;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators and their leaderboards. */
@Tag(name = "leaderboards")
@RestController
@RequestMapping("/api/v1/admin/leaderboards")
final class LeaderboardAdminRoutes {

    private final Leaderboards leaderboards;

    LeaderboardAdminRoutes(Leaderboards leaderboards) {
        this.leaderboards = leaderboards;
    }

    /** @param effectiveAt plays from then on count under this revision */
    record LeaderboardView(
            LeaderboardId leaderboardId,
            @Nullable CampaignId campaignId,
            String name,
            String metric,
            String tieRule,
            long revision,
            long effectiveAt,
            long createdAt,
            long updatedAt) {

        static LeaderboardView of(LeaderboardRecord board) {
            var definition = board.definition();
            return new LeaderboardView(
                    board.id(),
                    definition.campaign(),
                    definition.name(),
                    definition.metric(),
                    definition.tieRule(),
                    board.revision(),
                    Times.secondsRoundedUp(board.effectiveAt()),
                    Times.seconds(board.createdAt()),
                    Times.seconds(board.updatedAt()));
        }
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<LeaderboardView> create(Caller caller, @RequestBody LeaderboardBody body) {
        var board = leaderboards.create(
                caller.tenant(), body.read(), TraceContext.current().traceparent());
        return Envelope.ok(LeaderboardView.of(board));
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping("/{id}")
    Envelope<LeaderboardView> one(Caller caller, @PathVariable("id") LeaderboardId id) {
        return leaderboards
                .find(caller.tenant(), id)
                .map(board -> Envelope.ok(LeaderboardView.of(board)))
                .orElseThrow(() -> Refused.notFound("leaderboard", id));
    }

    /** Newest first. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping
    Envelope<Page<LeaderboardView>> list(Caller caller, Paging paging) {
        var page = leaderboards.list(caller.tenant(), paging.after(LeaderboardId::new), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), board -> board.id().value())
                        .map(LeaderboardView::of));
    }
}
