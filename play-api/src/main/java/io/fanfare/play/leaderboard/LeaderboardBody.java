package io.fanfare.play.leaderboard;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.leaderboard.Metric;
import io.fanfare.engine.leaderboard.TieRule;
import io.fanfare.store.leaderboard.LeaderboardDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends for a leaderboard. It counts from its activation on, for ever.
 *
 * @param campaignId whose plays count; left out: those of all campaigns
 */
record LeaderboardBody(
        @Nullable CampaignId campaignId,
        @Nullable String name,
        @Nullable String metric,
        @Nullable String tieRule) {

    private static final int MAX_NAME = 200;

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    LeaderboardDefinition read() {
        var violations = new Violations();
        String readName = violations.text("name", name, MAX_NAME);
        Metric readMetric = violations.requiredWord("metric", metric, Metric.TOTAL_PLAYS, Metric::word);
        TieRule readTieRule = violations.word("tie_rule", tieRule, TieRule.UNIQUE, TieRule::word);
        violations.refuseAny();
        return new LeaderboardDefinition(campaignId, readName, readMetric.word(), readTieRule.word(), "{}");
    }
}
