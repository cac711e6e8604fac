package io.fanfare.worker.integration;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.store.integration.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a play means to the outside: one {@code play_completed}, and one {@code prize_won} for each reward. One for each
 * reward, because a receiver acts on a reward (sends it, books it) and needs an idempotency key for each.
 */
final class PlayEvents {

    /** Of all event ids of the platform; changing it would tell receivers everything once more. */
    private static final UUID NAMESPACE = UUID.fromString("5f0c7c5e-93b1-4f0e-9a68-0d8a5c1b7e42");

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private record Body(
            String event, String tenantId, @Nullable String merchantId, Object payload) {}

    private record Play(
            String playId,
            String gameId,
            @Nullable String campaignId,
            String playerId,
            boolean won,
            @Nullable Long score,
            List<Reward> rewards,
            long occurredAt) {}

    private record Reward(
            String rewardId,
            String prizeId,
            String type,
            long quantity,
            long value,
            @Nullable String currency) {

        static Reward of(PlayReward reward) {
            return new Reward(
                    reward.getRewardId(),
                    reward.getPrizeId(),
                    reward.getType(),
                    reward.getQuantity(),
                    reward.getValue(),
                    reward.getCurrency());
        }
    }

    private record Win(
            String rewardId,
            String prizeId,
            String type,
            long quantity,
            long value,
            @Nullable String currency,
            String playId,
            String gameId,
            @Nullable String campaignId,
            String playerId,
            long occurredAt) {}

    private PlayEvents() {}

    /**
     * The events of one play.
     *
     * @throws IllegalArgumentException where the play breaks a rule of the platform, such as an id that is none
     */
    static List<PlatformEvent> of(PlayCompleted play) {
        var events = new ArrayList<PlatformEvent>();
        events.add(event(play, EventType.PLAY_COMPLETED, play.getPlayId(), completed(play)));
        if (play.getWon()) {
            for (PlayReward reward : play.getRewards()) {
                String subject = play.getPlayId() + "/" + reward.getRewardId();
                events.add(event(play, EventType.PRIZE_WON, subject, win(play, reward)));
            }
        }
        return events;
    }

    /** Where something happened. */
    record Scope(
            String tenant,
            @Nullable String merchant,
            @Nullable String campaign) {

        static Scope of(PlayCompleted play) {
            return new Scope(play.getTenantId(), play.getMerchantId(), play.getCampaignId());
        }
    }

    /**
     * A prize was won.
     *
     * @param subject what makes it another event than all others of the tenant
     */
    static PlatformEvent prizeWon(Scope scope, String subject, Instant occurredAt, Object payload) {
        return event(scope, EventType.PRIZE_WON, subject, occurredAt, payload);
    }

    private static PlatformEvent event(PlayCompleted play, EventType type, String subject, Object payload) {
        return event(Scope.of(play), type, subject, play.getOccurredAt(), payload);
    }

    private static PlatformEvent event(
            Scope scope, EventType type, String subject, Instant occurredAt, Object payload) {
        String merchant = scope.merchant();
        String campaign = scope.campaign();
        var tenant = new TenantId(scope.tenant());
        return new PlatformEvent(
                UuidCreator.getNameBasedSha1(NAMESPACE, "%s/%s/%s".formatted(tenant, type.word(), subject)),
                type,
                tenant,
                merchant == null ? null : new MerchantId(merchant),
                campaign == null ? null : new CampaignId(campaign),
                occurredAt,
                JSON.writeValueAsString(new Body(type.word(), tenant.value(), merchant, payload)));
    }

    private static Play completed(PlayCompleted play) {
        return new Play(
                play.getPlayId(),
                play.getGameId(),
                play.getCampaignId(),
                play.getPlayerId(),
                play.getWon(),
                play.getScore(),
                play.getRewards().stream().map(Reward::of).toList(),
                play.getOccurredAt().getEpochSecond());
    }

    private static Win win(PlayCompleted play, PlayReward reward) {
        return new Win(
                reward.getRewardId(),
                reward.getPrizeId(),
                reward.getType(),
                reward.getQuantity(),
                reward.getValue(),
                reward.getCurrency(),
                play.getPlayId(),
                play.getGameId(),
                play.getCampaignId(),
                play.getPlayerId(),
                play.getOccurredAt().getEpochSecond());
    }
}
