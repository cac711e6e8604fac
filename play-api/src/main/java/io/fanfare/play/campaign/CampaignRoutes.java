package io.fanfare.play.campaign;

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
import io.fanfare.play.Deletions;
import io.fanfare.play.game.PlayableGames;
import io.fanfare.store.campaign.CampaignRecord;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.duplication.CampaignDuplicating;
import io.fanfare.store.duplication.CampaignDuplicating.Duplication;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators and their campaigns. */
@Tag(name = "campaigns")
@RestController
@RequestMapping("/api/v1/admin/campaigns")
final class CampaignRoutes {

    private final Campaigns campaigns;
    private final CampaignDesign design;
    private final PlayableGames games;
    private final ShownCampaigns shown;
    private final RecentWinners winners;
    private final CampaignDuplicating duplicating;

    CampaignRoutes(
            Campaigns campaigns,
            CampaignDesign design,
            PlayableGames games,
            ShownCampaigns shown,
            RecentWinners winners,
            CampaignDuplicating duplicating) {
        this.campaigns = campaigns;
        this.design = design;
        this.games = games;
        this.shown = shown;
        this.winners = winners;
        this.duplicating = duplicating;
    }

    record DeletedCampaign(CampaignId campaignId, long deletedAt) {}

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<CampaignView> create(Caller caller, @RequestBody CampaignBody body) {
        var definition = design.definition(caller, body);
        var campaign = campaigns.create(
                caller.tenant(), definition, TraceContext.current().traceparent());
        return Envelope.ok(CampaignView.of(campaign));
    }

    /** Replaces the campaign by a new revision. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PutMapping("/{id}")
    Envelope<CampaignView> replace(Caller caller, @PathVariable("id") CampaignId id, @RequestBody CampaignBody body) {
        if (campaigns.find(caller.tenant(), id).isEmpty()) {
            throw Refused.notFound("campaign", id);
        }
        var definition = design.definition(caller, body);
        var replaced = campaigns
                .replace(caller.tenant(), id, definition, TraceContext.current().traceparent())
                .orElseThrow(() -> Refused.notFound("campaign", id));
        games.forgetGamesOf(caller.tenant(), id);
        shown.forget(id);
        winners.forget(id);
        return Envelope.ok(CampaignView.of(replaced));
    }

    /** Ends a campaign that is not active and has no games any more, for good: what was played in it stays. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @DeleteMapping("/{id}")
    Envelope<DeletedCampaign> delete(Caller caller, @PathVariable("id") CampaignId id) {
        var deletion =
                campaigns.delete(caller.tenant(), id, TraceContext.current().traceparent());
        long deletedAt = Deletions.deletedAt(deletion, "campaign", id);
        shown.forget(id);
        winners.forget(id);
        return Envelope.ok(new DeletedCampaign(id, deletedAt));
    }

    /** A draft like it, with copies of its games and leaderboards; both award the same prizes, from the same stock. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping("/{id}/duplicate")
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<CampaignView> duplicate(Caller caller, @PathVariable("id") CampaignId id) {
        return switch (duplicating.duplicate(
                caller.tenant(), id, TraceContext.current().traceparent())) {
            case Duplication.Duplicated(CampaignRecord copy) -> Envelope.ok(CampaignView.of(copy));
            case Duplication.CampaignNotFound() -> throw Refused.notFound("campaign", id);
            case Duplication.TooManyGames() ->
                throw Refused.invalid("id", "has more than %d games".formatted(CampaignDuplicating.MOST_GAMES));
            case Duplication.TooManyLeaderboards() ->
                throw Refused.invalid(
                        "id", "has more than %d leaderboards".formatted(CampaignDuplicating.MOST_LEADERBOARDS));
        };
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping("/{id}")
    Envelope<CampaignView> one(Caller caller, @PathVariable("id") CampaignId id) {
        return campaigns
                .find(caller.tenant(), id)
                .map(campaign -> Envelope.ok(CampaignView.of(campaign)))
                .orElseThrow(() -> Refused.notFound("campaign", id));
    }

    /** Newest first. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping
    Envelope<Page<CampaignView>> list(Caller caller, Paging paging) {
        var page = campaigns.list(caller.tenant(), paging.after(CampaignId::new), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), campaign -> campaign.id().value())
                        .map(CampaignView::of));
    }
}
