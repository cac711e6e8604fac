package io.fanfare.play.leaderboard;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.store.leaderboard.LeaderboardDefinition;
import java.util.Locale;
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

    /** What is counted. */
    enum Metric {
        TOTAL_PLAYS,
        TOTAL_SCORE,
        HIGH_SCORE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What rank equal scores get. */
    enum TieRule {
        /** Each its own: who had it first is ahead. */
        UNIQUE,
        /** The same, and the next one leaves a gap. */
        COMPETITION;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_NAME = 200;

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    LeaderboardDefinition read() {
        var violations = new Violations();
        String readName = violations.text("name", name, MAX_NAME);
        Metric readMetric = violations.requiredWord("metric", metric, Metric.TOTAL_PLAYS, Metric::wireName);
        TieRule readTieRule = violations.word("tie_rule", tieRule, TieRule.UNIQUE, TieRule::wireName);
        violations.refuseAny();
        return new LeaderboardDefinition(campaignId, readName, readMetric.wireName(), readTieRule.wireName(), "{}");
    }
}
