package io.fanfare.play.game;

import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Violations;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.GameShape;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.Shaping;
import io.fanfare.engine.shape.WinningMoments;
import io.fanfare.play.Documents;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.play.ClaimedMoments;
import io.fanfare.store.prize.Prizes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a definition out of what an operator sent, once the parts that the game names have read their configuration. */
@Component
final class GameDesign {

    private final Shapes shapes;
    private final Prizes prizes;
    private final Campaigns campaigns;
    private final Documents documents;
    private final ClaimedMoments claimedMoments;
    private final Clock clock;

    GameDesign(
            Shapes shapes,
            Prizes prizes,
            Campaigns campaigns,
            Documents documents,
            ClaimedMoments claimedMoments,
            Clock clock) {
        this.shapes = shapes;
        this.prizes = prizes;
        this.campaigns = campaigns;
        this.documents = documents;
        this.claimedMoments = claimedMoments;
        this.clock = clock;
    }

    /**
     * Refused as VALIDATION_FAILED, with every field that is wrong. What the definition names is not deleted before the transaction
     * ends, in which it is to be saved.
     */
    GameDefinition definition(Caller caller, GameBody body) {
        return definition(caller, body, Map.of());
    }

    /** The same for one that takes the place of another. */
    GameDefinition replacement(Caller caller, GameId game, GameBody body) {
        return definition(caller, body, claimedMoments.of(caller.tenant(), game));
    }

    private GameDefinition definition(Caller caller, GameBody body, Map<PrizeId, Long> claimed) {
        var violations = new Violations();
        GameWish wish = body.read(violations);
        violations.refuseAny();
        switch (shapes.shapeToSave(wish.parts(), wish.handlerConfig(), wish.validatorConfig())) {
            case Shaping.Shaped(GameShape shape) -> {
                requirePrizes(caller.tenant(), shape, violations);
                requireSense(wish, shape, violations);
                requirePassedMoments(shape, claimed, violations);
            }
            case Shaping.UnknownPart(String field, String name, var known) ->
                violations.add(field, "is '%s', expected one of %s".formatted(name, String.join(", ", known)));
            case Shaping.ConfigurationRefused(var refused) -> violations.addAll(refused);
        }
        requirePrizes(caller.tenant(), wish.milestones(), violations);
        requireCampaign(caller.tenant(), wish.campaign(), violations);
        violations.refuseAny();
        return wish.definition(caller.merchant(), documents);
    }

    private void requirePrizes(TenantId tenant, GameShape shape, Violations violations) {
        Set<PrizeId> wanted = shape.prizes();
        Set<PrizeId> missing = new TreeSet<>(wanted);
        missing.removeAll(prizes.hold(tenant, wanted));
        missing.forEach(
                prize -> violations.add("handler_config", "awards prize %s, which does not exist".formatted(prize)));
    }

    private void requirePrizes(TenantId tenant, @Nullable Milestones wanted, Violations violations) {
        List<Milestone> milestones = wanted == null ? List.of() : wanted.milestones();
        Set<PrizeId> there =
                prizes.hold(tenant, milestones.stream().map(Milestone::prize).toList());
        for (int place = 0; place < milestones.size(); place++) {
            PrizeId prize = milestones.get(place).prize();
            if (!there.contains(prize)) {
                violations.add(MilestonesBody.prizeField(place), "is %s, which does not exist".formatted(prize));
            }
        }
    }

    private void requireCampaign(TenantId tenant, @Nullable CampaignId campaign, Violations violations) {
        if (campaign != null && !campaigns.hold(tenant, campaign)) {
            violations.add("campaign_id", "is %s, which was deleted".formatted(campaign));
        }
    }

    /**
     * Moments are claimed in their order, and only how many is known: without those that were claimed in the list, as many others
     * would be taken for them, and nobody would win.
     */
    private void requirePassedMoments(GameShape shape, Map<PrizeId, Long> claimed, Violations violations) {
        Instant now = clock.instant();
        for (WinningMoments moments : shape.terms().moments()) {
            long due = moments.due(now);
            long wereClaimed = claimed.getOrDefault(moments.prize(), 0L);
            if (due < wereClaimed) {
                violations.add(
                        "handler_config.winning_moments",
                        "hold %d moments of prize %s that have passed, and %d were claimed: leave those in the list"
                                .formatted(due, moments.prize(), wereClaimed));
            }
        }
    }

    /** What makes sense in itself, and not together. */
    private static void requireSense(GameWish wish, GameShape shape, Violations violations) {
        if (wish.onUnavailable() == OnUnavailable.FALLBACK_PRIZE
                && shape.terms().fallbackPrize().isEmpty()) {
            violations.add("handler_config.fallback_prize_id", "is missing, and on_unavailable is fallback_prize");
        }
        if (shape.terms().publishOdds() && !shape.terms().moments().isEmpty()) {
            violations.add("handler_config.publish_odds", "is true, and would tell the winning_moments");
        }
        if (shape.terms().publishOdds() && shape.rewardHandler().holdsSecrets()) {
            violations.add("handler_config.publish_odds", "is true, and would tell the answers");
        }
        if (wish.rules().useTurns() && wish.campaign() == null) {
            violations.add("rules.use_turns", "is true, but turns are those of a campaign, and campaign_id is missing");
        }
    }
}
