package io.fanfare.engine.leaderboard;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.Leaderboard.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Boards and plays that tests speak of; times in seconds since 1970. */
final class Boards {

    static final TenantId ACME = new TenantId("acme");
    static final TenantId OTHER = new TenantId("other");
    static final CampaignId SUMMER = new CampaignId("camp_summer");
    static final CampaignId WINTER = new CampaignId("camp_winter");
    private static final LeaderboardId BOARD = new LeaderboardId("board_1");

    private Boards() {}

    static Leaderboard board(long revision, long effectiveAt) {
        return board(revision, effectiveAt, null, Metric.TOTAL_PLAYS, Status.ACTIVE);
    }

    static Leaderboard ofCampaign(CampaignId campaign, long revision, long effectiveAt) {
        return board(revision, effectiveAt, campaign, Metric.TOTAL_PLAYS, Status.ACTIVE);
    }

    static Leaderboard measuring(Metric metric, long revision, long effectiveAt) {
        return board(revision, effectiveAt, null, metric, Status.ACTIVE);
    }

    static Leaderboard deleted(long revision, long effectiveAt) {
        return board(revision, effectiveAt, null, Metric.TOTAL_PLAYS, Status.DELETED);
    }

    static BoardPlay play(long occurredAt) {
        return scoring(null, occurredAt);
    }

    static BoardPlay scoring(@Nullable Long score, long occurredAt) {
        return new BoardPlay(ACME, SUMMER, score == null ? null : new Score(score), at(occurredAt));
    }

    static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private static Leaderboard board(
            long revision, long effectiveAt, @Nullable CampaignId campaign, Metric metric, Status status) {
        return new Leaderboard(
                ACME, BOARD, campaign, revision, "Spinners", metric, TieRule.UNIQUE, status, at(effectiveAt));
    }
}
