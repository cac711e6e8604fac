package io.fanfare.store.leaderboard;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import java.time.Instant;

/**
 * One revision of a leaderboard, as kept.
 *
 * @param revision from 1; every change makes a new one
 * @param effectiveAt plays from then on are judged by it
 * @param createdAt of the leaderboard
 * @param updatedAt of this revision
 */
public record LeaderboardRecord(
        TenantId tenant,
        LeaderboardId id,
        long revision,
        LeaderboardDefinition definition,
        Instant effectiveAt,
        Instant createdAt,
        Instant updatedAt) {

    public LeaderboardRecord {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
        requireNonNull(definition, "definition");
    }
}
