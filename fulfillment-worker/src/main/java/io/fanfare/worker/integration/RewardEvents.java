package io.fanfare.worker.integration;

import io.fanfare.events.RewardGranted;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the topic of rewards means to the outside: one {@code prize_won} for each reward that no play has won. */
final class RewardEvents {

    /**
     * As that of a play, with what it is for in place of the play.
     *
     * @param cause redemption or award
     */
    private record Win(
            String rewardId,
            String prizeId,
            String type,
            long quantity,
            long value,
            @Nullable String currency,
            String cause,
            String causeId,
            String gameId,
            @Nullable String campaignId,
            String playerId,
            long occurredAt) {}

    private RewardEvents() {}

    /**
     * The events of one record.
     *
     * @throws IllegalArgumentException where it breaks a rule of the platform, such as an id that is none
     */
    static List<PlatformEvent> of(SpecificRecord told) {
        if (!(told instanceof RewardGranted reward)) {
            return List.of();
        }
        var win = new Win(
                reward.getRewardId(),
                reward.getPrizeId(),
                reward.getType(),
                reward.getQuantity(),
                reward.getValue(),
                reward.getCurrency(),
                reward.getCause(),
                reward.getCauseId(),
                reward.getGameId(),
                reward.getCampaignId(),
                reward.getPlayerId(),
                reward.getOccurredAt().getEpochSecond());
        return List.of(PlayEvents.prizeWon(
                new PlayEvents.Scope(reward.getTenantId(), reward.getMerchantId(), reward.getCampaignId()),
                reward.getRewardId(),
                reward.getOccurredAt(),
                win));
    }
}
