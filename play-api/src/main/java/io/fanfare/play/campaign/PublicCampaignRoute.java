package io.fanfare.play.campaign;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.play.campaign.CampaignView.CampaignSettingsView;
import io.fanfare.store.campaign.CampaignRecord;
import io.fanfare.store.campaign.PublicCampaigns;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a page that shows a campaign needs, for anybody who knows its id. */
@Tag(name = "campaigns")
@RestController
final class PublicCampaignRoute {

    private final PublicCampaigns campaigns;

    PublicCampaignRoute(PublicCampaigns campaigns) {
        this.campaigns = campaigns;
    }

    /** Nothing of whose it is. */
    record PublicCampaign(
            CampaignId campaignId,
            String name,
            String status,
            List<GameId> games,
            List<QuestId> quests,
            CampaignSettingsView settings) {

        static PublicCampaign of(CampaignRecord campaign, List<GameId> games) {
            var definition = campaign.definition();
            return new PublicCampaign(
                    campaign.id(),
                    definition.name(),
                    definition.status().word(),
                    games,
                    definition.quests(),
                    CampaignSettingsView.of(definition.settings()));
        }
    }

    @Public
    @SecurityRequirements
    @GetMapping("/api/v1/public/campaigns/{id}")
    Envelope<PublicCampaign> one(@PathVariable("id") CampaignId id) {
        return campaigns
                .find(id)
                .map(campaign -> Envelope.ok(PublicCampaign.of(campaign, campaigns.shownGames(campaign))))
                .orElseThrow(() -> Refused.notFound("campaign", id));
    }
}
