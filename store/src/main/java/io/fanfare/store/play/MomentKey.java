package io.fanfare.store.play;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import java.util.Comparator;

/** The winning moments of one prize in one game. */
record MomentKey(TenantId tenant, GameId game, PrizeId prize) implements Comparable<MomentKey> {

    private static final Comparator<MomentKey> ORDER = Comparator.comparing(MomentKey::tenant)
            .thenComparing(MomentKey::game)
            .thenComparing(MomentKey::prize);

    @Override
    public int compareTo(MomentKey other) {
        return ORDER.compare(this, other);
    }
}
