package io.fanfare.engine.leaderboard;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a board looks at in a play.
 *
 * @param campaign null where the game belongs to none
 * @param score null where the shape of the game has none
 */
public record BoardPlay(
        TenantId tenant,
        @Nullable CampaignId campaign,
        @Nullable Score score,
        Instant occurredAt) {

    public BoardPlay {
        requireNonNull(tenant, "tenant");
        requireNonNull(occurredAt, "occurredAt");
    }
}
