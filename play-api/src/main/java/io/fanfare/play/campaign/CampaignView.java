package io.fanfare.play.campaign;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.play.Times;
import io.fanfare.store.campaign.AuthMethod;
import io.fanfare.store.campaign.CampaignRecord;
import io.fanfare.store.campaign.CampaignSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A campaign as operators see it. */
record CampaignView(
        CampaignId campaignId,
        @Nullable MerchantId merchantId,
        String name,
        String status,
        long startDate,
        long endDate,
        List<String> channels,
        List<GameId> games,
        List<QuestId> quests,
        CampaignSettingsView settings,
        long budget,
        ScheduleBody schedule,
        long revision,
        long createdAt,
        long updatedAt) {

    record CampaignSettingsView(
            boolean requireAuth,
            List<String> authMethods,
            List<String> collectFields,
            int maxPlaysPerUser,
            int maxPlaysPerDay,
            String walletScope) {

        static CampaignSettingsView of(CampaignSettings settings) {
            return new CampaignSettingsView(
                    settings.requireAuth(),
                    settings.authMethods().stream().map(AuthMethod::word).toList(),
                    settings.collectFields(),
                    settings.maxPlaysPerUser(),
                    settings.maxPlaysPerDay(),
                    settings.walletScope().wireName());
        }
    }

    static CampaignView of(CampaignRecord campaign) {
        var definition = campaign.definition();
        return new CampaignView(
                campaign.id(),
                definition.merchant(),
                definition.name(),
                definition.status().word(),
                Times.seconds(definition.start()),
                Times.seconds(definition.end()),
                definition.channels(),
                definition.games(),
                definition.quests(),
                CampaignSettingsView.of(definition.settings()),
                definition.budget(),
                ScheduleBody.of(definition.schedule()),
                campaign.revision(),
                Times.seconds(campaign.createdAt()),
                Times.seconds(campaign.updatedAt()));
    }
}
