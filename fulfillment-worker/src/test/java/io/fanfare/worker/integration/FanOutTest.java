package io.fanfare.worker.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.integration.EventType;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.IntegrationId;
import io.fanfare.store.integration.IntegrationStatus;
import io.fanfare.store.integration.IntegrationType;
import io.fanfare.store.integration.NewDelivery;
import io.fanfare.store.integration.WebhookEndpoint;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FanOutTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final List<PlatformEvent> events =
            PlayEvents.of(Plays.won("play_1", Plays.voucher("rwd_1"), Plays.points("rwd_2", 50)));

    @Test
    void every_subscriber_gets_every_event_it_subscribes_to() {
        var both = anIntegration("both", EventType.PLAY_COMPLETED, EventType.PRIZE_WON);
        var winsOnly = anIntegration("wins", EventType.PRIZE_WON);

        List<NewDelivery> deliveries = FanOut.deliveries(events, List.of(both, winsOnly), TRACEPARENT);

        assertThat(deliveries)
                .extracting(delivery ->
                        delivery.integration().value() + " " + delivery.type().word())
                .containsExactly(
                        "both play_completed", "both prize_won", "wins prize_won", "both prize_won", "wins prize_won");
        assertThat(deliveries).extracting(NewDelivery::traceparent).containsOnly(TRACEPARENT);
    }

    @Test
    void an_event_has_one_id_and_one_body_for_all() {
        var one = anIntegration("one", EventType.PLAY_COMPLETED);
        var other = anIntegration("other", EventType.PLAY_COMPLETED);

        List<NewDelivery> deliveries = FanOut.deliveries(events, List.of(one, other), null);

        assertThat(deliveries)
                .extracting(NewDelivery::eventId)
                .hasSize(2)
                .containsOnly(events.getFirst().id());
        assertThat(deliveries)
                .extracting(NewDelivery::body)
                .containsOnly(events.getFirst().body());
    }

    @Test
    void another_scope_hears_nothing() {
        var integrations = List.of(
                anIntegration("ada", "merch_other", null, Plays.NOON, EventType.PLAY_COMPLETED),
                anIntegration("ada", null, "camp_autumn", Plays.NOON, EventType.PLAY_COMPLETED),
                anIntegration("linus", null, null, Plays.NOON, EventType.PLAY_COMPLETED));

        assertThat(FanOut.deliveries(events, integrations, null)).isEmpty();
    }

    @Test
    void the_own_scope_hears_it() {
        var integrations =
                List.of(anIntegration("ada", "merch_shop", "camp_spring", Plays.NOON, EventType.PLAY_COMPLETED));

        assertThat(FanOut.deliveries(events, integrations, null)).hasSize(1);
    }

    @Test
    void nobody_hears_of_what_was_before_them() {
        var late = anIntegration("ada", null, null, Plays.NOON.plusMillis(1), EventType.PLAY_COMPLETED);

        assertThat(FanOut.deliveries(events, List.of(late), null)).isEmpty();
    }

    private static Integration anIntegration(String id, EventType first, EventType... others) {
        return new Integration(
                new IntegrationId(id),
                new TenantId("ada"),
                null,
                null,
                IntegrationType.WEBHOOK,
                EnumSet.of(first, others),
                new WebhookEndpoint(URI.create("https://ada.example/hook"), null),
                IntegrationStatus.ACTIVE,
                null,
                1,
                Plays.NOON.minusSeconds(60));
    }

    private static Integration anIntegration(
            String tenant, @Nullable String merchant, @Nullable String campaign, Instant createdAt, EventType event) {
        return new Integration(
                new IntegrationId("intg_1"),
                new TenantId(tenant),
                merchant == null ? null : new MerchantId(merchant),
                campaign == null ? null : new CampaignId(campaign),
                IntegrationType.WEBHOOK,
                EnumSet.of(event),
                new WebhookEndpoint(URI.create("https://ada.example/hook"), null),
                IntegrationStatus.ACTIVE,
                null,
                1,
                createdAt);
    }
}
