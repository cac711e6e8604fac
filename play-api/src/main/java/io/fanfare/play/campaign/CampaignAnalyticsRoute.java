package io.fanfare.play.campaign;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.play.CampaignTallies;
import io.fanfare.store.play.CampaignTally;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How a campaign is doing. */
@Tag(name = "campaigns")
@RestController
final class CampaignAnalyticsRoute {

    private final Campaigns campaigns;
    private final CampaignTallies tallies;

    CampaignAnalyticsRoute(Campaigns campaigns, CampaignTallies tallies) {
        this.campaigns = campaigns;
        this.tallies = tallies;
    }

    /**
     * What came of a campaign so far.
     *
     * @param totalPlays of all its games; attempts that were caught are none
     * @param totalWins plays among them that won something, whatever became of it later
     * @param uniquePlayers who have played at least once
     * @param conversion total_wins by total_plays; 0 where nobody has played
     */
    record AnalyticsView(long totalPlays, long totalWins, long uniquePlayers, double conversion) {

        static AnalyticsView of(CampaignTally tally) {
            return new AnalyticsView(tally.plays(), tally.wins(), tally.players(), tally.conversion());
        }
    }

    /** Exact, of one moment; some seconds for a campaign with millions of plays. Also of a campaign that was deleted. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping("/api/v1/admin/campaigns/{id}/analytics")
    Envelope<AnalyticsView> analytics(Caller caller, @PathVariable("id") CampaignId id) {
        if (campaigns.findOrDeleted(caller.tenant(), id).isEmpty()) {
            throw Refused.notFound("campaign", id);
        }
        return Envelope.ok(AnalyticsView.of(tallies.of(caller.tenant(), id)));
    }
}
