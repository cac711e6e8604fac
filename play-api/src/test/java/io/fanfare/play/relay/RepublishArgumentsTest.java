package io.fanfare.play.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.TenantId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepublishArgumentsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T09:30:00Z, 2026-03-01T09:30:00Z",
        "90m,                  2026-03-01T10:30:00Z",
        "2d,                   2026-02-27T12:00:00Z",
        "PT1H30M,              2026-03-01T10:30:00Z"
    })
    void a_time_is_given_as_such_or_as_how_long_ago_it_was(String since, Instant expected) {
        assertThat(parse("--since", since))
                .isEqualTo(new RepublishArguments.Run(Path.of(".fanfare"), expected, null, false, false));
    }

    @Test
    void everything_has_its_option() {
        assertThat(parse("--config", "--tenant", "acme", "--dry-run", "--json", "--data", "/data"))
                .isEqualTo(new RepublishArguments.Run(Path.of("/data"), null, new TenantId("acme"), true, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "yesterday", "-5m", "2026-03-01"})
    void what_is_no_time_is_refused(String since) {
        assertThat(parse("--since", since))
                .isInstanceOfSatisfying(
                        RepublishArguments.Refused.class,
                        refused -> assertThat(refused.reason()).contains(since));
    }

    @Test
    void it_is_either_facts_or_definitions() {
        assertThat(parse()).isInstanceOf(RepublishArguments.Refused.class);
        assertThat(parse("--config", "--since", "1h")).isInstanceOf(RepublishArguments.Refused.class);
        assertThat(parse("--since")).isInstanceOf(RepublishArguments.Refused.class);
        assertThat(parse("--config", "--tenant", "no such/tenant")).isInstanceOf(RepublishArguments.Refused.class);
        assertThat(parse("--config", "--loud")).isInstanceOf(RepublishArguments.Refused.class);
    }

    private static RepublishArguments parse(String... words) {
        return RepublishArguments.parse(List.of(words), NOW);
    }
}
