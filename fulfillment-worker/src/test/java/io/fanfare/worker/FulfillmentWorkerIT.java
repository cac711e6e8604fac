package io.fanfare.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.integration.EventType;
import io.fanfare.store.integration.IntegrationDraft;
import io.fanfare.store.integration.IntegrationStatus;
import io.fanfare.store.integration.IntegrationType;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.Integrations.Creation;
import io.fanfare.store.integration.NewDelivery;
import io.fanfare.store.integration.WebhookDeliveries;
import io.fanfare.store.integration.WebhookEndpoint;
import io.fanfare.store.integration.WebhookSecret;
import io.fanfare.store.outbox.Outbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a real database, while broker and registry are away. */
@TestInstance(Lifecycle.PER_CLASS)
class FulfillmentWorkerIT {

    private static final TenantId ADA = new TenantId("ada");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedPostgres postgres;
    private ConfigurableApplicationContext worker;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        worker = FulfillmentWorker.start(settings(Map.of("fanfare.dev-mode", true)));
    }

    @AfterAll
    void stop() throws IOException {
        worker.close();
        postgres.close();
        http.close();
    }

    @Test
    void it_lives_but_is_not_ready_without_its_broker() throws Exception {
        assertThat(get("/healthz", "*/*").statusCode()).isEqualTo(200);

        HttpResponse<String> readiness = get("/readyz", "*/*");

        assertThat(readiness.statusCode()).isEqualTo(503);
        JsonNode found = new JsonMapper().readTree(readiness.body()).at("/data/error/metadata");
        assertThat(found.get("database").stringValue()).isEqualTo("ready");
        assertThat(found.get("deliveries").stringValue()).isEqualTo("ready");
        assertThat(found.get("plays").stringValue()).isNotEqualTo("ready");
        assertThat(found.get("registry").stringValue()).isNotEqualTo("ready");
    }

    @Test
    void what_an_endpoint_is_owed_arrives_at_the_sink_after_two_failures() throws Exception {
        UUID event = owe(url("/dev/webhooks/ada/first?status=503&times=2&secret=" + SECRET));

        await().atMost(PATIENCE).until(() -> arrived(event).size() == 3);

        assertThat(arrived(event)).allSatisfy(item -> {
            assertThat(item.get("signature").stringValue()).isEqualTo("valid");
            assertThat(item.get("muse_signature").stringValue()).isEqualTo("valid");
            assertThat(item.get("name").stringValue()).isEqualTo("ada/first");
        });
        assertThat(arrived(event))
                .extracting(item -> item.get("answered").intValue())
                .containsExactly(200, 503, 503);
        await().atMost(PATIENCE)
                .until(() ->
                        get("/metrics", "*/*").body().contains("webhook_deliveries_total{outcome=\"delivered\"} 1.0"));
    }

    @Test
    void the_sink_has_a_page_for_people() throws Exception {
        HttpResponse<String> page = get("/dev/webhooks", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body()).startsWith("<!doctype html>");
    }

    @Test
    void the_sink_refuses_what_it_cannot_do() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url("/dev/webhooks/ada?status=42")))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("VALIDATION_FAILED", "42");
    }

    @Test
    void in_production_there_is_no_sink() throws Exception {
        Map<String, Object> production =
                settings(Map.of("fanfare.dev-mode", false, "fanfare.jwt.secret", "s".repeat(48)));

        try (var other = FulfillmentWorker.start(production)) {
            String port = other.getEnvironment().getProperty("local.server.port");
            HttpResponse<String> list = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/dev/webhooks".formatted(port)))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(list.statusCode()).isEqualTo(404);
        }
    }

    private UUID owe(String url) {
        var endpoint = new WebhookEndpoint(URI.create(url), new WebhookSecret(SECRET));
        var draft = new IntegrationDraft(
                null,
                null,
                IntegrationType.WEBHOOK,
                Set.of(EventType.PLAY_COMPLETED),
                endpoint,
                IntegrationStatus.ACTIVE);
        Database database = Database.over(postgres.getPostgresDatabase());
        var playApi =
                new Integrations(database, new Outbox(database, new InMemoryRegistry()), new Ids(), Clock.systemUTC());
        Creation creation = playApi.create(ADA, draft, null);
        assertThat(creation).isInstanceOf(Creation.Created.class);
        UUID event = UUID.randomUUID();
        worker.getBean(WebhookDeliveries.class)
                .add(List.of(new NewDelivery(
                        ADA,
                        ((Creation.Created) creation).integration().id(),
                        event,
                        EventType.PLAY_COMPLETED,
                        "{\"event\":\"play_completed\"}",
                        null)));
        return event;
    }

    private List<JsonNode> arrived(UUID event) throws Exception {
        JsonNode items = new JsonMapper()
                .readTree(get("/dev/webhooks", "application/json").body())
                .at("/data/items");
        return items.values().stream()
                .filter(item -> event.toString().equals(item.path("webhook_id").stringValue("")))
                .toList();
    }

    private Map<String, Object> settings(Map<String, Object> more) throws IOException {
        var settings = new HashMap<>(more);
        settings.put("server.port", 0);
        settings.put("server.address", "127.0.0.1");
        settings.put("fanfare.db.url", postgres.getJdbcUrl("postgres", "postgres"));
        settings.put("fanfare.db.user", "postgres");
        settings.put("fanfare.db.password", "postgres");
        settings.put("fanfare.kafka.bootstrap", "127.0.0.1:" + closedPort());
        settings.put("fanfare.registry.url", "http://127.0.0.1:%d/apis/ccompat/v7".formatted(closedPort()));
        settings.put("fanfare.webhooks.first-wait", "50ms");
        return settings;
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url(path)))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }

    private String url(String path) {
        return "http://127.0.0.1:%s%s".formatted(worker.getEnvironment().getProperty("local.server.port"), path);
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
