package io.fanfare.play.campaign;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.play.campaign.CampaignView.CampaignSettingsView;
import io.fanfare.play.campaign.ShownCampaigns.Shown;
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

    private final ShownCampaigns campaigns;

    PublicCampaignRoute(ShownCampaigns campaigns) {
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

        static PublicCampaign of(Shown shown) {
            var definition = shown.campaign().definition();
            return new PublicCampaign(
                    shown.campaign().id(),
                    definition.name(),
                    definition.status().word(),
                    shown.games(),
                    definition.quests(),
                    CampaignSettingsView.of(definition.settings()));
        }
    }

    @Public
    @SecurityRequirements
    @GetMapping("/api/v1/public/campaigns/{id}")
    Envelope<PublicCampaign> one(@PathVariable("id") CampaignId id) {
        return Envelope.ok(PublicCampaign.of(campaigns.require(id)));
    }
}
