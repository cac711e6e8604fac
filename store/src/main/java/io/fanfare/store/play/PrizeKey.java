package io.fanfare.store.play;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import java.util.Comparator;

/** A prize among those of all tenants. */
record PrizeKey(TenantId tenant, PrizeId prize) implements Comparable<PrizeKey> {

    private static final Comparator<PrizeKey> ORDER =
            Comparator.comparing(PrizeKey::tenant).thenComparing(PrizeKey::prize);

    @Override
    public int compareTo(PrizeKey other) {
        return ORDER.compare(this, other);
    }
}
