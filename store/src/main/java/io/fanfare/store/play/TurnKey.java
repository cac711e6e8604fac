package io.fanfare.store.play;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.util.Comparator;

/** A player's turns of one campaign's games. */
record TurnKey(TenantId tenant, CampaignId campaign, PlayerId player) implements Comparable<TurnKey> {

    private static final Comparator<TurnKey> ORDER = Comparator.comparing(TurnKey::tenant)
            .thenComparing(TurnKey::campaign)
            .thenComparing(TurnKey::player);

    @Override
    public int compareTo(TurnKey other) {
        return ORDER.compare(this, other);
    }
}
