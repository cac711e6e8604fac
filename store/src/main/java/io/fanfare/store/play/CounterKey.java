package io.fanfare.store.play;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;

/**
 * What is counted of a player: plays of a game or of a campaign, or awards of a prize, ever or on one day.
 *
 * @param subject the game, the {@linkplain #subject(CampaignId) campaign} or the prize
 * @param epochDay UTC day since 1970-01-01, or {@link #EVER}
 */
record CounterKey(TenantId tenant, String subject, PlayerId player, long epochDay) implements Comparable<CounterKey> {

    static final long EVER = -1;

    private static final Comparator<CounterKey> ORDER = Comparator.comparing(CounterKey::tenant)
            .thenComparing(CounterKey::subject)
            .thenComparing(CounterKey::player)
            .thenComparingLong(CounterKey::epochDay);

    /** A campaign among games: no game has a colon in its id. */
    static String subject(CampaignId campaign) {
        return "campaign:" + campaign;
    }

    static CounterKey ever(TenantId tenant, String subject, PlayerId player) {
        return new CounterKey(tenant, subject, player, EVER);
    }

    static CounterKey day(TenantId tenant, String subject, PlayerId player, Instant at) {
        return new CounterKey(tenant, subject, player, epochDay(at));
    }

    static long epochDay(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    @Override
    public int compareTo(CounterKey other) {
        return ORDER.compare(this, other);
    }
}
