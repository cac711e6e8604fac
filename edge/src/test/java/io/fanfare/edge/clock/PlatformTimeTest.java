package io.fanfare.edge.clock;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.edge.HttpProbe;
import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.edge.SampleService;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Tokens;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What a service makes of {@code fanfare.dev.clock-file}. */
class PlatformTimeTest {

    private final Path file;

    PlatformTimeTest(@TempDir Path folder) {
        this.file = folder.resolve("clock");
    }

    @Test
    void its_clock_is_ahead_by_what_the_file_says_and_it_tells_everybody() throws IOException {
        Files.writeString(file, "PT48H\n");
        Instant now = Instant.now();

        try (var service =
                SampleService.start(Map.of("fanfare.dev-mode", true, "fanfare.dev.clock-file", file.toString()))) {
            Answer answer = new HttpProbe(service).get("/dev/clock");

            assertThat(service.getBean(Clock.class).instant()).isAfter(now.plus(Duration.ofHours(47)));
            assertThat(answer.data().path("ahead").stringValue()).isEqualTo("PT48H");
            assertThat(answer.data().path("file").stringValue()).isEqualTo(file.toString());
            assertThat(Instant.parse(answer.data().path("now").stringValue())).isAfter(now.plus(Duration.ofHours(47)));
        }
    }

    @Test
    void the_environment_names_the_file_as_well() {
        var environment = new SystemEnvironmentPropertySource(
                "systemEnvironment", Map.of("FANFARE_DEV_MODE", "true", "FANFARE_DEV_CLOCK_FILE", file.toString()));

        ClockSettings settings = new Binder(requireNonNull(ConfigurationPropertySource.from(environment)))
                .bind("fanfare", ClockSettings.class)
                .get();

        assertThat(settings.clockFile()).isEqualTo(file);
    }

    @Test
    void tokens_keep_to_the_machines_time() throws IOException {
        try (var service =
                SampleService.start(Map.of("fanfare.dev-mode", true, "fanfare.dev.clock-file", file.toString()))) {
            var ada = Caller.player(new TenantId("acme"), null, new PlayerId("ada"));
            String token = service.getBean(Tokens.class).mint(ada, Duration.ofMinutes(1));
            Files.writeString(file, "PT48H\n");
            Clock clock = service.getBean(Clock.class);
            Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
            while (clock.instant().isBefore(Instant.now().plus(Duration.ofHours(1)))) {
                assertThat(Instant.now()).as("still at the machine's time").isBefore(deadline);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }

            Answer answer = new HttpProbe(service).get("/whoami", "Authorization", "Bearer " + token);

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void without_the_property_there_is_nothing_to_ask() {
        try (var service = SampleService.start(Map.of("fanfare.dev-mode", true))) {
            assertThat(new HttpProbe(service).get("/dev/clock").status()).isEqualTo(404);
        }
    }

    @Test
    void without_development_mode_it_does_not_start() {
        Map<String, Object> production = Map.of(
                "fanfare.jwt.secret",
                "a secret of more than thirty-two bytes",
                "fanfare.dev.clock-file",
                file.toString());

        assertThatThrownBy(() -> SampleService.start(production))
                .rootCause()
                .hasMessageContaining("FANFARE_DEV_CLOCK_FILE")
                .hasMessageContaining("only be moved in development mode");
    }
}
