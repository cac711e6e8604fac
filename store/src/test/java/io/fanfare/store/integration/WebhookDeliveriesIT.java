package io.fanfare.store.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.integration.DeliveryBacklog.DueEndpoint;
import io.fanfare.store.integration.Integrations.Creation;
import io.fanfare.store.integration.WebhookDeliveries.Delivery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

@OnEveryDatabase
class WebhookDeliveriesIT {

    private static final Attempt ANSWERED =
            new Attempt(Instant.EPOCH, Duration.ofMillis(12), 200, "accepted", "thank you");
    private static final Attempt FAILED =
            new Attempt(Instant.EPOCH, Duration.ofMillis(34), 503, "answered 503", "busy");

    private final TenantId ada = new TenantId("ada");
    private final SettableClock clock = new SettableClock();
    private final IntegrationsDatabase database;
    private final WebhookDeliveries deliveries;
    private final DeliveryBacklog backlog;
    private IntegrationId integration = new IntegrationId("none-yet");

    WebhookDeliveriesIT(StoreServer server) {
        this.database = new IntegrationsDatabase(server.fresh());
        this.deliveries = database.deliveries(clock);
        this.backlog = database.backlog(clock);
    }

    @BeforeEach
    void anotherIntegration() {
        integration = created();
    }

    @Test
    void an_event_that_comes_twice_is_delivered_once_per_endpoint() {
        IntegrationId another = created();
        UUID event = UUID.randomUUID();

        int first = deliveries.add(List.of(delivery(integration, event), delivery(another, event)));
        int again = deliveries.add(List.of(delivery(integration, event), delivery(another, event)));

        assertThat(first).isEqualTo(2);
        assertThat(again).isZero();
        assertThat(deliveries.ofIntegration(ada, integration, 10)).hasSize(1);
        assertThat(deliveries.ofIntegration(ada, another, 10)).hasSize(1);
    }

    @Test
    void a_batch_with_a_row_that_cannot_be_stored_leaves_nothing_behind() {
        var unknown = new IntegrationId("intg_unknown");

        assertThatThrownBy(() -> deliveries.add(
                        List.of(delivery(integration, UUID.randomUUID()), delivery(unknown, UUID.randomUUID()))))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(deliveries.ofIntegration(ada, integration, 10)).isEmpty();
    }

    @Test
    void what_is_leased_is_not_due_for_others_until_the_lease_ends() {
        owe(1);
        LeasedDelivery leased = leaseOne();

        assertThat(backlog.dueEndpoints(Set.of())).isEmpty();
        assertThat(deliveries.lease(ada, integration, 10)).isEmpty();

        clock.goOn(WebhookDeliveries.LEASE);
        LeasedDelivery again = leaseOne();
        assertThat(again.eventId()).isEqualTo(leased.eventId());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.lease()).isNotEqualTo(leased.lease());
    }

    @Test
    void a_lease_can_be_renewed() {
        owe(1);
        LeasedDelivery leased = leaseOne();
        clock.goOn(Duration.ofSeconds(50));
        deliveries.renew(List.of(leased));
        clock.goOn(Duration.ofSeconds(50));

        assertThat(deliveries.lease(ada, integration, 10)).isEmpty();
        assertThat(deliveries.conclude(leased, ANSWERED, new AttemptOutcome.Delivered()))
                .isTrue();
    }

    @Test
    void who_lost_the_lease_changes_nothing() {
        owe(1);
        LeasedDelivery late = leaseOne();
        clock.goOn(WebhookDeliveries.LEASE);
        LeasedDelivery holder = leaseOne();

        boolean lateOne = deliveries.conclude(late, FAILED, new AttemptOutcome.Dead());
        deliveries.renew(List.of(late));
        boolean holding = deliveries.conclude(holder, ANSWERED, new AttemptOutcome.Delivered());
        boolean twice = deliveries.conclude(holder, ANSWERED, new AttemptOutcome.Delivered());

        assertThat(lateOne).isFalse();
        assertThat(holding).isTrue();
        assertThat(twice).isFalse();
        assertThat(only().state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(deliveries.attempts(ada, holder.deliveryId())).hasSize(1);
    }

    @Test
    void a_retry_waits_for_its_time() {
        owe(1);
        LeasedDelivery first = leaseOne();
        deliveries.conclude(
                first, FAILED, new AttemptOutcome.Retry(clock.instant().plusSeconds(4)));

        clock.goOn(Duration.ofSeconds(3));
        assertThat(deliveries.lease(ada, integration, 10)).isEmpty();
        assertThat(only()).satisfies(waiting -> {
            assertThat(waiting.state()).isEqualTo(DeliveryState.RETRYING);
            assertThat(waiting.lastError()).isEqualTo("answered 503");
        });

        clock.goOn(Duration.ofSeconds(1));
        LeasedDelivery second = leaseOne();
        deliveries.conclude(second, ANSWERED, new AttemptOutcome.Delivered());
        assertThat(deliveries.attempts(ada, second.deliveryId()))
                .extracting(WebhookDeliveries.LoggedAttempt::outcome)
                .containsExactly("retry", "delivered");
    }

    @Test
    void a_dead_one_is_never_leased_again_and_is_counted() {
        owe(2);
        deliveries.conclude(leaseOne(), FAILED, new AttemptOutcome.Dead());
        clock.goOn(Duration.ofDays(30));

        List<LeasedDelivery> left = deliveries.lease(ada, integration, 10);

        assertThat(left).hasSize(1);
        assertThat(backlog.unfinished())
                .containsEntry(DeliveryState.DEAD, 1L)
                .containsEntry(DeliveryState.PROCESSING, 1L)
                .containsEntry(DeliveryState.PENDING, 0L)
                .doesNotContainKey(DeliveryState.DELIVERED);
    }

    @Test
    void an_integration_that_is_not_active_is_never_due() {
        owe(1);
        database.integrations(clock).disable(ada, integration, "410 Gone");

        assertThat(backlog.dueEndpoints(Set.of())).isEmpty();
        assertThat(only().state()).isEqualTo(DeliveryState.PENDING);
    }

    @Test
    void endpoints_that_can_take_nothing_now_are_passed_over() {
        IntegrationId another = created();
        deliveries.add(List.of(delivery(integration, UUID.randomUUID()), delivery(another, UUID.randomUUID())));

        assertThat(backlog.dueEndpoints(Set.of())).hasSize(2);
        assertThat(backlog.dueEndpoints(Set.of(integration))).containsExactly(new DueEndpoint(ada, another));
    }

    @Test
    void another_tenant_cannot_lease_or_read_them() {
        owe(1);
        long id = only().deliveryId();
        deliveries.conclude(leaseOne(), FAILED, new AttemptOutcome.Retry(clock.instant()));
        var stranger = new TenantId("linus");

        assertThat(deliveries.lease(stranger, integration, 10)).isEmpty();
        assertThat(deliveries.ofIntegration(stranger, integration, 10)).isEmpty();
        assertThat(deliveries.attempts(stranger, id)).isEmpty();
    }

    @Test
    void concurrent_workers_never_lease_the_same_delivery() throws Exception {
        owe(200);

        var seen = new ArrayList<UUID>();
        try (var workers = Executors.newFixedThreadPool(4)) {
            Callable<List<LeasedDelivery>> work = () -> {
                var mine = new ArrayList<LeasedDelivery>();
                List<LeasedDelivery> batch = deliveries.lease(ada, integration, 7);
                while (!batch.isEmpty()) {
                    mine.addAll(batch);
                    batch = deliveries.lease(ada, integration, 7);
                }
                return mine;
            };
            for (Future<List<LeasedDelivery>> worker : workers.invokeAll(List.of(work, work, work, work))) {
                worker.get().forEach(leased -> seen.add(leased.eventId()));
            }
        }

        assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
        assertThat(seen).hasSize(200);
    }

    private void owe(int count) {
        deliveries.add(IntStream.range(0, count)
                .mapToObj(_ -> delivery(integration, UUID.randomUUID()))
                .toList());
    }

    private LeasedDelivery leaseOne() {
        List<LeasedDelivery> leased = deliveries.lease(ada, integration, 1);
        assertThat(leased).hasSize(1);
        return leased.getFirst();
    }

    private Delivery only() {
        List<Delivery> all = deliveries.ofIntegration(ada, integration, 10);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private NewDelivery delivery(IntegrationId to, UUID event) {
        return new NewDelivery(ada, to, event, EventType.PLAY_COMPLETED, "{\"event\":\"play_completed\"}", null);
    }

    private IntegrationId created() {
        var endpoint = new WebhookEndpoint(URI.create("https://ada.example/hook"), null);
        var draft = new IntegrationDraft(
                null,
                null,
                IntegrationType.WEBHOOK,
                Set.of(EventType.PLAY_COMPLETED),
                endpoint,
                IntegrationStatus.ACTIVE);
        return switch (database.integrations(clock).create(ada, draft, null)) {
            case Creation.Created(Integration made) -> made.id();
            case Creation.TooMany tooMany -> throw new AssertionError(tooMany);
        };
    }
}
