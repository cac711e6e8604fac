package io.fanfare.streams.leaderboard;

import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.PlayCompleted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays and boards that tests speak of; times in seconds since 1970. */
final class Records {

    static final String ACME = "acme";
    static final String OTHER = "other";
    static final String BOARD = "board_1";
    static final String SUMMER = "camp_summer";

    private Records() {}

    static PlayCompleted play(String player, long sequence, @Nullable Long score, long occurredAt) {
        return play(ACME, player, sequence, score, occurredAt);
    }

    static PlayCompleted play(String tenant, String player, long sequence, @Nullable Long score, long occurredAt) {
        return PlayCompleted.newBuilder()
                .setPlayId("play_%s_%d".formatted(player, sequence))
                .setTenantId(tenant)
                .setCampaignId(SUMMER)
                .setGameId("game_wheel")
                .setGameRevision(1)
                .setPlayerId(player)
                .setSequence(sequence)
                .setStartedAt(at(occurredAt - 1))
                .setOccurredAt(at(occurredAt))
                .setWon(false)
                .setScore(score)
                .setRewards(List.of())
                .build();
    }

    static LeaderboardConfigured board(String metric) {
        return board(ACME, metric, 1, 0);
    }

    static LeaderboardConfigured board(String tenant, String metric, long revision, long effectiveAt) {
        return LeaderboardConfigured.newBuilder()
                .setTenantId(tenant)
                .setLeaderboardId(BOARD)
                .setRevision(revision)
                .setName("Spinners")
                .setMetric(metric)
                .setStatus("active")
                .setTieRule("unique")
                .setEffectiveAt(at(effectiveAt))
                .setOccurredAt(at(effectiveAt))
                .build();
    }

    static LeaderboardConfigured ofCampaign(String campaign, long revision, long effectiveAt) {
        return LeaderboardConfigured.newBuilder(board(ACME, "total_plays", revision, effectiveAt))
                .setCampaignId(campaign)
                .build();
    }

    static LeaderboardConfigured deleted(long revision, long effectiveAt) {
        return LeaderboardConfigured.newBuilder(board(ACME, "total_plays", revision, effectiveAt))
                .setStatus("deleted")
                .build();
    }

    static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
