package io.fanfare.streams.wallet;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.events.MilestonesConfigured;
import java.time.Instant;
import java.util.List;

/**
 * A version of the milestones of a game, immutable.
 *
 * @param scope of the wallets that the game credits
 * @param isGrantedUnasked whether reaching one grants it; else the player redeems it
 */
record GameMilestones(
        TenantId tenant,
        GameId game,
        long revision,
        ScopeKey scope,
        Currency currency,
        boolean isGrantedUnasked,
        List<Milestone> milestones,
        Instant effectiveAt) {

    private static final String CUMULATIVE_UNLOCK = "cumulative_unlock";

    /** @param threshold what must have been earned in a lifetime */
    record Milestone(String id, long threshold, PrizeId prize) {
        Milestone {
            if (threshold < 1) {
                throw new IllegalArgumentException(
                        "threshold of milestone %s is %d, expected at least 1".formatted(id, threshold));
            }
        }
    }

    GameMilestones {
        milestones = List.copyOf(milestones);
    }

    /** @throws IllegalArgumentException where the record says what cannot be */
    static GameMilestones of(MilestonesConfigured configured) {
        return new GameMilestones(
                new TenantId(configured.getTenantId()),
                new GameId(configured.getGameId()),
                configured.getRevision(),
                new ScopeKey(configured.getScopeKey()),
                new Currency(configured.getCurrency()),
                configured.getAutoGrant() && configured.getMode().equals(CUMULATIVE_UNLOCK),
                configured.getMilestones().stream()
                        .map(milestone -> new Milestone(
                                milestone.getMilestoneId(),
                                milestone.getThreshold(),
                                new PrizeId(milestone.getPrizeId())))
                        .toList(),
                configured.getEffectiveAt());
    }
}
