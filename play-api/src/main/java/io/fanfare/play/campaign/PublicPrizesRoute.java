package io.fanfare.play.campaign;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.play.game.PlayableGames;
import io.fanfare.play.prize.PlayablePrizes;
import io.fanfare.store.campaign.CampaignRecord;
import io.fanfare.store.campaign.CampaignStatus;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What can be won in a campaign, for anybody who knows its id. */
@Tag(name = "campaigns")
@RestController
final class PublicPrizesRoute {

    private final ShownCampaigns campaigns;
    private final PlayableGames games;
    private final PlayablePrizes prizes;

    PublicPrizesRoute(ShownCampaigns campaigns, PlayableGames games, PlayablePrizes prizes) {
        this.campaigns = campaigns;
        this.games = games;
        this.prizes = prizes;
    }

    /** Never odds or stock. */
    record PublicPrize(
            PrizeId prizeId,
            String name,
            String type,
            @Nullable String image,
            long value) {

        static PublicPrize of(Prize prize) {
            return new PublicPrize(prize.id(), prize.name(), prize.type().wireName(), prize.image(), prize.value());
        }
    }

    /** Those of its active games and their milestones, oldest first; none while the campaign is a draft. */
    @Public
    @SecurityRequirements
    @GetMapping("/api/v1/public/campaigns/{id}/prizes")
    Envelope<Page<PublicPrize>> prizes(@PathVariable("id") CampaignId id, Paging paging) {
        CampaignRecord campaign = campaigns.require(id).campaign();
        PrizeId after = paging.after(PrizeId::new);
        SortedSet<PrizeId> shown = shown(campaign);
        Map<PrizeId, Prize> found = prizes.findAll(campaign.tenant(), shown);
        List<Prize> behind = shown.stream()
                .filter(prize -> after == null || prize.compareTo(after) > 0)
                .flatMap(prize -> Optional.ofNullable(found.get(prize)).stream())
                .limit(paging.limitPlusOne())
                .toList();
        return Envelope.ok(Page.of(behind, paging, prize -> prize.id().value()).map(PublicPrize::of));
    }

    private SortedSet<PrizeId> shown(CampaignRecord campaign) {
        return campaign.definition().status() == CampaignStatus.DRAFT
                ? new TreeSet<>()
                : games.prizesOf(campaign.tenant(), campaign.id());
    }
}
