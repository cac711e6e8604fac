package io.fanfare.store.play;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import java.util.Comparator;

/**
 * Whose budget.
 *
 * @param scope {@link #GAME} or {@link #CAMPAIGN}
 * @param id of the game or the campaign
 */
record BudgetKey(TenantId tenant, String scope, String id) implements Comparable<BudgetKey> {

    static final String GAME = "game";
    static final String CAMPAIGN = "campaign";

    private static final Comparator<BudgetKey> ORDER = Comparator.comparing(BudgetKey::tenant)
            .thenComparing(BudgetKey::scope)
            .thenComparing(BudgetKey::id);

    static BudgetKey of(TenantId tenant, GameId game) {
        return new BudgetKey(tenant, GAME, game.value());
    }

    static BudgetKey of(TenantId tenant, CampaignId campaign) {
        return new BudgetKey(tenant, CAMPAIGN, campaign.value());
    }

    @Override
    public int compareTo(BudgetKey other) {
        return ORDER.compare(this, other);
    }
}
