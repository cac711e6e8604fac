package io.fanfare.play.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.play.Times;
import io.fanfare.store.campaign.CampaignRecord;
import io.fanfare.store.campaign.CampaignStatus;
import io.fanfare.store.campaign.PublicCampaigns;
import io.fanfare.store.prize.RewardRecord;
import io.fanfare.store.prize.Winners;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who won what in campaigns a moment ago, as anybody may see it. However many ask, a campaign is looked at once in a while. */
@Component
final class RecentWinners {

    private final PublicCampaigns campaigns;
    private final Winners winners;
    private final Cache<CampaignId, List<Winner>> known;

    RecentWinners(PublicCampaigns campaigns, Winners winners, WinnersSettings settings) {
        this.campaigns = campaigns;
        this.winners = winners;
        this.known = Caffeine.newBuilder()
                .maximumSize(settings.maxCampaigns())
                .expireAfterWrite(settings.maxAge())
                .build();
    }

    /**
     * @param player the first character of the player's id, and three stars however long it is: an id may be a name or a number that
     *     people know
     * @param wonAt unix seconds
     */
    record Winner(String player, WonPrize prize, GameId gameId, long wonAt) {

        static Winner of(RewardRecord reward) {
            return new Winner(
                    masked(reward.player()),
                    WonPrize.of(reward),
                    reward.game(),
                    Times.seconds(reward.state().wonAt()));
        }

        private static String masked(PlayerId player) {
            return player.value().charAt(0) + "***";
        }
    }

    /** As it was when it was won. */
    record WonPrize(
            PrizeId prizeId,
            String name,
            String type,
            @Nullable String image) {

        static WonPrize of(RewardRecord reward) {
            return new WonPrize(reward.prize(), reward.name(), reward.type().wireName(), reward.image());
        }
    }

    /** Newest first; none while the campaign is a draft. Refused as RESOURCE_NOT_FOUND where there is no such campaign. */
    List<Winner> of(CampaignId id) {
        return known.get(id, _ -> {
            CampaignRecord campaign = campaigns.find(id).orElseThrow(() -> Refused.notFound("campaign", id));
            return campaign.definition().status() == CampaignStatus.DRAFT
                    ? List.of()
                    : winners.newest(campaign.tenant(), id).stream()
                            .map(Winner::of)
                            .toList();
        });
    }

    /** The campaign was configured anew, here: it is looked at again. */
    void forget(CampaignId id) {
        known.invalidate(id);
    }
}
