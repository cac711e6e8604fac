package io.fanfare.worker.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.fanfare.edge.outbound.OutboundAddressGuard;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.integration.DeliveryState;
import io.fanfare.store.integration.EventType;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.IntegrationStatus;
import io.fanfare.store.integration.LeasedDelivery;
import io.fanfare.store.integration.NewDelivery;
import io.fanfare.store.integration.WebhookDeliveries;
import io.fanfare.store.integration.WebhookDeliveries.Delivery;
import io.fanfare.store.integration.WebhookDeliveries.LoggedAttempt;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class DeliveryLoopIT {

    private static final TenantId ADA = new TenantId("ada");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String BODY = "{\"event\":\"play_completed\",\"tenant_id\":\"ada\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Clock clock = Clock.systemUTC();
    private final List<AutoCloseable> started = new ArrayList<>();
    private WorkerDatabase database;
    private WebhookDeliveries deliveries;
    private Receiver receiver;

    /** A worker's own loop with its metrics. */
    private record Worker(DeliveryLoop loop, SimpleMeterRegistry meters) {
        double count(String outcome) {
            return meters.get("webhook.deliveries")
                    .tag("outcome", outcome)
                    .counter()
                    .count();
        }
    }

    @BeforeAll
    void startDatabase() throws IOException {
        database = WorkerDatabase.start();
        deliveries = database.deliveries(clock);
    }

    @AfterAll
    void stopDatabase() throws IOException {
        database.close();
    }

    @BeforeEach
    void startReceiver() throws IOException {
        database.comeBack();
        database.empty();
        receiver = new Receiver();
        started.add(receiver);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable part : started.reversed()) {
            part.close();
        }
        started.clear();
    }

    @Test
    void what_fails_twice_is_delivered_the_third_time_under_the_same_id_with_a_valid_signature() throws Exception {
        Integration integration = database.created(receiver.url(), SECRET, clock);
        receiver.answerNextWith(503, 500);
        Worker worker = worker();
        UUID event = owe(integration, 1).getFirst();

        worker.loop().wake();

        await().atMost(PATIENCE).until(() -> only(integration).state() == DeliveryState.DELIVERED);
        assertThat(receiver.requests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.header("Webhook-id")).isEqualTo(event.toString());
            assertThat(request.header("X-muse-event")).isEqualTo("play_completed");
            assertThat(request.body()).isEqualTo(BODY);
            assertThat(request.header("Traceparent"))
                    .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                    .isNotEqualTo(TRACEPARENT);
            requireValid(request);
        });
        assertThat(log(integration)).extracting(LoggedAttempt::outcome).containsExactly("retry", "retry", "delivered");
        assertThat(log(integration))
                .allSatisfy(line -> assertThat(line.attempt().response()).hasSize(1000));
        assertThat(worker.count("delivered")).isEqualTo(1);
        assertThat(worker.count("retry")).isEqualTo(2);
    }

    @Test
    void two_workers_deliver_each_event_once() throws Exception {
        Integration integration = database.created(receiver.url(), SECRET, clock);
        List<UUID> events = owe(integration, 60);
        Worker one = worker();
        Worker other = worker();

        one.loop().wake();
        other.loop().wake();

        await().atMost(PATIENCE).until(() -> states(integration).stream().allMatch(DeliveryState.DELIVERED::equals));
        assertThat(receiver.requests())
                .extracting(request -> UUID.fromString(request.header("Webhook-id")))
                .containsExactlyInAnyOrderElementsOf(events);
        assertThat(one.count("delivered") + other.count("delivered")).isEqualTo(60);
    }

    @Test
    void after_a_crash_between_sending_and_recording_it_is_sent_again_under_the_same_id() throws Exception {
        Integration integration = database.created(receiver.url(), SECRET, clock);
        UUID event = owe(integration, 1).getFirst();
        sendAndCrash(integration);
        assertThat(only(integration).state()).isEqualTo(DeliveryState.PROCESSING);

        endLeases();
        worker().loop().wake();

        await().atMost(PATIENCE).until(() -> only(integration).state() == DeliveryState.DELIVERED);
        assertThat(receiver.requests())
                .extracting(request -> request.header("Webhook-id"))
                .containsExactly(event.toString(), event.toString());
        assertThat(only(integration).attempts()).isEqualTo(2);
    }

    @Test
    void while_the_database_is_away_the_outcome_is_kept() throws Exception {
        Integration integration = database.created(receiver.url(), SECRET, clock);
        owe(integration, 1);
        LeasedDelivery leased = deliveries.lease(ADA, integration.id(), 1).getFirst();
        database.goDown();

        Thread attempt = Thread.ofVirtual().start(() -> {
            try {
                delivering(new SimpleMeterRegistry()).attempt(integration, leased);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await().atMost(PATIENCE).until(() -> receiver.requests().size() == 1);
        database.comeBack();

        assertThat(attempt.join(PATIENCE)).isTrue();
        assertThat(only(integration).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void what_the_endpoint_refuses_is_dead_at_once() throws Exception {
        Integration integration = database.created(receiver.url(), SECRET, clock);
        receiver.answerNextWith(404);
        Worker worker = worker();
        owe(integration, 1);

        worker.loop().wake();

        await().atMost(PATIENCE).until(() -> only(integration).state() == DeliveryState.DEAD);
        assertThat(only(integration).lastError()).isEqualTo("answered 404");
        assertThat(receiver.requests()).hasSize(1);
        assertThat(worker.count("dead")).isEqualTo(1);
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        Integration integration = database.created(receiver.url(), SECRET, clock);
        receiver.answerNextWith(302);
        owe(integration, 1);

        worker().loop().wake();

        await().atMost(PATIENCE).until(() -> only(integration).state() == DeliveryState.DEAD);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void an_endpoint_that_is_gone_gets_nothing_any_more() throws Exception {
        Integration integration = database.created(receiver.url(), SECRET, clock);
        receiver.answerNextWith(410);
        Worker worker = worker();
        owe(integration, 1);
        worker.loop().wake();

        await().atMost(PATIENCE)
                .until(() -> database.integrations(clock)
                                .find(ADA, integration.id())
                                .orElseThrow()
                                .status()
                        == IntegrationStatus.DISABLED);
        owe(integration, 1);
        Integration another = database.created(receiver.url(), SECRET, clock);
        owe(another, 1);
        worker.loop().wake();

        await().atMost(PATIENCE).until(() -> only(another).state() == DeliveryState.DELIVERED);
        assertThat(states(integration)).containsExactly(DeliveryState.PENDING, DeliveryState.DEAD);
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void an_endpoint_that_does_not_answer_holds_up_nobody() throws Exception {
        Integration silent = database.created("http://127.0.0.1:%d/".formatted(closedPort()), SECRET, clock);
        Integration integration = database.created(receiver.url(), SECRET, clock);
        owe(silent, 50);
        owe(integration, 50);

        worker().loop().wake();

        await().atMost(PATIENCE).until(() -> states(integration).stream().allMatch(DeliveryState.DELIVERED::equals));
        assertThat(states(silent)).doesNotContain(DeliveryState.DELIVERED);
    }

    @Test
    void an_address_inside_of_the_platforms_network_is_never_asked() throws Exception {
        Integration integration = database.created(receiver.url(), SECRET, clock);
        owe(integration, 1);
        LeasedDelivery leased = deliveries.lease(ADA, integration.id(), 1).getFirst();

        try (var sender = sender(new OutboundAddressGuard(false))) {
            assertThat(sender.send(integration.endpoint(), leased)).isInstanceOf(SendResult.Forbidden.class);
        }
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void without_a_secret_there_is_no_signature() throws Exception {
        Integration integration = database.created(receiver.url(), null, clock);
        owe(integration, 1);

        worker().loop().wake();

        await().atMost(PATIENCE).until(() -> only(integration).state() == DeliveryState.DELIVERED);
        assertThat(receiver.requests().getFirst().headers())
                .doesNotContainKeys("Webhook-signature", "X-muse-signature")
                .containsKeys("Webhook-id", "Webhook-timestamp");
    }

    private Worker worker() {
        var meters = new SimpleMeterRegistry();
        var loop = new DeliveryLoop(
                database.integrations(clock),
                database.backlog(clock),
                deliveries,
                delivering(meters),
                new EndpointGates(4, 16, clock),
                new DeliveryMetrics(meters),
                Duration.ofMillis(50),
                clock);
        loop.start();
        started.add(loop::stop);
        return new Worker(loop, meters);
    }

    private Delivering delivering(SimpleMeterRegistry meters) {
        WebhookSender sender = sender(new OutboundAddressGuard(true));
        started.add(sender);
        return new Delivering(
                sender,
                database.integrations(clock),
                deliveries,
                new RetryPolicy(5, Duration.ofMillis(20), 2, Duration.ofSeconds(1)),
                () -> 0.5,
                new DeliveryMetrics(meters),
                clock);
    }

    private WebhookSender sender(OutboundAddressGuard guard) {
        return new WebhookSender(guard, Duration.ofSeconds(2), Duration.ofSeconds(5), clock);
    }

    /** All that a worker does up to the moment before it writes down what came of it. */
    private void sendAndCrash(Integration integration) throws InterruptedException {
        LeasedDelivery leased = deliveries.lease(ADA, integration.id(), 1).getFirst();
        try (var sender = sender(new OutboundAddressGuard(true))) {
            assertThat(sender.send(integration.endpoint(), leased)).isInstanceOf(SendResult.Answered.class);
        }
    }

    private void endLeases() {
        database.jdbc()
                .sql("update webhook_delivery set due_at = due_at - interval '60 seconds'")
                .update();
    }

    private List<UUID> owe(Integration integration, int count) {
        List<UUID> events =
                IntStream.range(0, count).mapToObj(_ -> UUID.randomUUID()).toList();
        deliveries.add(events.stream()
                .map(event ->
                        new NewDelivery(ADA, integration.id(), event, EventType.PLAY_COMPLETED, BODY, TRACEPARENT))
                .toList());
        return events;
    }

    private Delivery only(Integration integration) {
        List<Delivery> all = deliveries.ofIntegration(ADA, integration.id(), 10);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<DeliveryState> states(Integration integration) {
        return deliveries.ofIntegration(ADA, integration.id(), 100).stream()
                .map(Delivery::state)
                .toList();
    }

    private List<LoggedAttempt> log(Integration integration) {
        return deliveries.attempts(ADA, only(integration).deliveryId());
    }

    private static void requireValid(Receiver.Request request) throws WebhookVerificationException {
        new Webhook(SECRET).verify(request.body(), request.headers());
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
