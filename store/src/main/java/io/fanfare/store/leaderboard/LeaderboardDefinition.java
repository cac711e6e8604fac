package io.fanfare.store.leaderboard;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.CampaignId;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says a leaderboard is. Metric and tie rule are the words of the wire, which the edge has checked.
 *
 * @param campaign whose plays count; null = those of every campaign of the tenant
 * @param settings JSON object: everything else that was configured
 */
public record LeaderboardDefinition(
        @Nullable CampaignId campaign, String name, String metric, String tieRule, String settings) {

    public LeaderboardDefinition {
        requireNonNull(settings, "settings");
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("name has %d characters, expected 1 to 200".formatted(name.length()));
        }
        if (metric.isEmpty() || tieRule.isEmpty()) {
            throw new IllegalArgumentException(
                    "metric is '%s' and tie rule '%s', expected words".formatted(metric, tieRule));
        }
    }

    /** The same board over the plays of another campaign. */
    public LeaderboardDefinition over(CampaignId other) {
        return new LeaderboardDefinition(other, name, metric, tieRule, settings);
    }
}
