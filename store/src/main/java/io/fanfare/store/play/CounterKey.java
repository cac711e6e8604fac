package io.fanfare.store.play;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;

/**
 * What is counted of a player: plays of a game or of a campaign, or awards of a prize.
 *
 * @param subject the game, the {@linkplain #subject(CampaignId) campaign} or the prize
 */
record CounterKey(TenantId tenant, String subject, PlayerId player) implements Comparable<CounterKey> {

    private static final Comparator<CounterKey> ORDER = Comparator.comparing(CounterKey::tenant)
            .thenComparing(CounterKey::subject)
            .thenComparing(CounterKey::player);

    /** A campaign among games: no game has a colon in its id. */
    static String subject(CampaignId campaign) {
        return "campaign:" + campaign;
    }

    /** The day on which something counts: a UTC day, counted from 1970-01-01. */
    static long epochDay(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    @Override
    public int compareTo(CounterKey other) {
        return ORDER.compare(this, other);
    }
}
