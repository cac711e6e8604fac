package io.fanfare.streams.leaderboard;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.Leaderboard;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.engine.leaderboard.Metric;
import io.fanfare.engine.leaderboard.TieRule;
import io.fanfare.events.LeaderboardConfigured;

/** A version of a board as the engine knows it, from the record that announces it. */
final class BoardVersion {

    private BoardVersion() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException where the record holds a word or id that there is none of
     */
    static Leaderboard of(LeaderboardConfigured configured) {
        String campaign = configured.getCampaignId();
        return new Leaderboard(
                new TenantId(configured.getTenantId()),
                new LeaderboardId(configured.getLeaderboardId()),
                campaign == null ? null : new CampaignId(campaign),
                configured.getRevision(),
                configured.getName(),
                Metric.of(configured.getMetric()),
                TieRule.of(configured.getTieRule()),
                Leaderboard.Status.of(configured.getStatus()),
                configured.getEffectiveAt());
    }
}
