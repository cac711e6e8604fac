package io.fanfare.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.ServiceTokens;
import io.fanfare.edge.caller.Tokens;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What holds where development mode is off. */
class ProductionTest {

    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final TenantId ACME = new TenantId("acme");
    private static final Caller ADA = Caller.player(ACME, null, new PlayerId("ada"));

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ConfigurableApplicationContext service;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HttpProbe http;

    @BeforeAll
    static void start() {
        service = SampleService.start(Map.of("fanfare.jwt.secret", SECRET));
        http = new HttpProbe(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void headers_are_no_credentials() {
        Answer answer = http.get("/whoami", "X-Tenant-Id", "acme", "X-Player-Id", "ada");

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void a_token_is_who_it_was_minted_for() {
        String token = service.getBean(Tokens.class).mint(ADA, Duration.ofMinutes(1));

        Answer answer = http.get("/whoami", "Authorization", "Bearer " + token);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().path("tenant").stringValue()).isEqualTo("acme");
        assertThat(answer.data().path("player").stringValue()).isEqualTo("ada");
        assertThat(answer.data().path("roles").toString()).isEqualTo("[\"player\"]");
    }

    @Test
    void services_know_one_another_as_machines_of_the_tenant() {
        String authorization = service.getBean(ServiceTokens.class).authorization(ACME);

        Answer answer = http.get("/whoami", "Authorization", authorization);

        assertThat(answer.data().path("roles").toString()).isEqualTo("[\"machine\"]");
        assertThat(answer.data().path("player").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer nonsense",
                "Basic YWRhOmFkYQ==",
                "Bearer eyJhbGciOiJub25lIn0.eyJ0ZW5hbnRfaWQiOiJhY21lIiwicm9sZXMiOlsiYWRtaW4iXX0.",
                "Bearer"
            })
    void credentials_that_do_not_hold_are_refused_even_where_none_are_needed(String authorization) {
        Answer answer = http.get("/hello", "Authorization", authorization);

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void a_token_of_another_secret_is_refused() {
        try (var stranger = SampleService.start(Map.of("fanfare.jwt.secret", SECRET.toUpperCase(Locale.ROOT)))) {
            String token = stranger.getBean(Tokens.class).mint(ADA, Duration.ofMinutes(1));

            assertThat(http.get("/whoami", "Authorization", "Bearer " + token).status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "too short", "fanfare-development-secret-not-for-production"})
    void it_does_not_start_with_a_secret_that_is_none(String secret) {
        assertThatThrownBy(() -> SampleService.start(Map.of("fanfare.jwt.secret", secret)))
                .rootCause()
                .hasMessageContaining("FANFARE_JWT_SECRET");
    }

    @Test
    void it_does_not_start_without_a_secret() {
        assertThatThrownBy(() -> SampleService.start(Map.of())).rootCause().hasMessageContaining("is missing");
    }

    @Test
    void it_does_not_start_with_a_route_that_is_for_nobody() {
        var application = new SpringApplicationBuilder(SampleService.class, Undeclared.class)
                .properties(Map.of("server.port", 0, "fanfare.jwt.secret", SECRET));

        assertThatThrownBy(application::run)
                .hasMessageContaining("either @Allows or @Public")
                .hasMessageContaining("Undeclared#forgotten");
    }

    @RestController
    static class Undeclared {
        @GetMapping("/forgotten")
        Envelope<String> forgotten() {
            return Envelope.ok("nobody asked who you are");
        }
    }
}
