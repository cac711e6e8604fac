package io.fanfare.play.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepublishTargetTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void the_platform_says_where_it_is() throws IOException {
        platformRuns();

        var target = RepublishTarget.of(folder, Map.of());

        assertThat(target)
                .isEqualTo(new RepublishTarget(
                        "jdbc:postgresql://127.0.0.1:25432/fanfare",
                        "fanfare",
                        "fanfare",
                        URI.create("http://127.0.0.1:18081/apis/ccompat/v7"),
                        "127.0.0.1:9092"));
    }

    @Test
    void the_environment_knows_better() throws IOException {
        platformRuns();

        var target = RepublishTarget.of(
                folder,
                Map.of(
                        "FANFARE_DB_URL", "jdbc:postgresql://db:5432/fanfare",
                        "FANFARE_DB_USER", "relay",
                        "FANFARE_DB_PASSWORD", "secret",
                        "FANFARE_REGISTRY_URL", "http://registry/api",
                        "FANFARE_KAFKA_BOOTSTRAP", "kafka:9093"));

        assertThat(target)
                .isEqualTo(new RepublishTarget(
                        "jdbc:postgresql://db:5432/fanfare",
                        "relay",
                        "secret",
                        URI.create("http://registry/api"),
                        "kafka:9093"));
        assertThat(target.toString()).doesNotContain("secret");
    }

    @Test
    void where_nothing_runs_it_says_what_to_do() {
        assertThatThrownBy(() -> RepublishTarget.of(folder, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no platform runs on " + folder)
                .hasMessageContaining("FANFARE_DB_URL");
    }

    private void platformRuns() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run/platform.properties"), """
                parts=2
                part.0.name=PostgreSQL 18.6.0
                part.0.address=postgresql\\://127.0.0.1\\:25432/fanfare
                part.1.name=Schema registry
                part.1.address=http\\://127.0.0.1\\:18081
                """);
    }
}
