package io.fanfare.play.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.play.game.DefinitionSettings;
import io.fanfare.store.campaign.CampaignRecord;
import io.fanfare.store.campaign.PublicCampaigns;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Campaigns as anybody may look them up. What was read is kept for a minute, and once in a second the database is asked whether it is
 * still so: what another instance has changed counts here within that second, what this one has changed at once. However many ask,
 * a campaign costs an instance one small question a second.
 */
@Component
final class ShownCampaigns {

    private final PublicCampaigns campaigns;
    private final Cache<CampaignId, Shown> known;
    private final Cache<CampaignId, Shown> confirmed;

    ShownCampaigns(PublicCampaigns campaigns, PublicCampaignSettings settings, DefinitionSettings definitions) {
        this.campaigns = campaigns;
        this.known = Caffeine.newBuilder()
                .maximumSize(settings.maxCampaigns())
                .expireAfterWrite(settings.maxAge())
                .build();
        this.confirmed = definitions.cache();
    }

    /** @param games that it shows, in its order */
    record Shown(CampaignRecord campaign, List<GameId> games) {

        Shown {
            games = List.copyOf(games);
        }
    }

    /** Refused as RESOURCE_NOT_FOUND where there is no such campaign. */
    Shown require(CampaignId id) {
        return confirmed.get(id, this::confirm);
    }

    /** The campaign was configured anew, here: it is read again. */
    void forget(CampaignId id) {
        known.invalidate(id);
        confirmed.invalidate(id);
    }

    private Shown confirm(CampaignId id) {
        Shown before = known.getIfPresent(id);
        if (before != null && campaigns.isCurrent(before.campaign(), before.games())) {
            return before;
        }
        known.invalidate(id);
        Shown now = read(id);
        known.put(id, now);
        return now;
    }

    private Shown read(CampaignId id) {
        CampaignRecord campaign = campaigns.find(id).orElseThrow(() -> Refused.notFound("campaign", id));
        return new Shown(campaign, campaigns.shownGames(campaign));
    }
}
