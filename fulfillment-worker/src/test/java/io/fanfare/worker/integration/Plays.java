package io.fanfare.worker.integration;

import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import java.time.Instant;
import java.util.List;

/** Plays for tests. */
final class Plays {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Plays() {}

    static PlayReward voucher(String rewardId) {
        return PlayReward.newBuilder()
                .setRewardId(rewardId)
                .setPrizeId("prize_coffee")
                .setType("voucher")
                .setQuantity(1)
                .setValue(0)
                .build();
    }

    static PlayReward points(String rewardId, long value) {
        return PlayReward.newBuilder()
                .setRewardId(rewardId)
                .setPrizeId("prize_points")
                .setType("points")
                .setQuantity(1)
                .setValue(value)
                .setCurrency("points")
                .build();
    }

    static PlayCompleted lost(String playId) {
        return play("ada", playId, List.of());
    }

    static PlayCompleted won(String playId, PlayReward... rewards) {
        return play("ada", playId, List.of(rewards));
    }

    static PlayCompleted play(String tenant, String playId, List<PlayReward> rewards) {
        return PlayCompleted.newBuilder()
                .setPlayId(playId)
                .setTenantId(tenant)
                .setMerchantId("merch_shop")
                .setCampaignId("camp_spring")
                .setGameId("game_wheel")
                .setGameRevision(1)
                .setPlayerId("grace")
                .setSequence(1)
                .setStartedAt(NOON.minusSeconds(3))
                .setOccurredAt(NOON)
                .setWon(!rewards.isEmpty())
                .setRewards(rewards)
                .build();
    }
}
