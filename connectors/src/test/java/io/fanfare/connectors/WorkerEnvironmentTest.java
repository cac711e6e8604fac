package io.fanfare.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ServiceLoader;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentTest {

    private final OutboxDatabase database = new OutboxDatabase("127.0.0.1", 15_432, "fanfare", "ada", "secret");

    @Test
    void it_answers_the_names_of_the_database() {
        try (var environment = environment()) {
            assertThat(environment
                            .get("", Set.of("FANFARE_DB_USER", "FANFARE_DB_PORT"))
                            .data())
                    .containsEntry("FANFARE_DB_USER", "ada")
                    .containsEntry("FANFARE_DB_PORT", "15432");
        }
    }

    @Test
    void a_name_that_is_not_set_is_refused_by_name() {
        try (var environment = environment()) {
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> environment.get("", Set.of("FANFARE_DB_HOTS")))
                    .withMessageContaining("FANFARE_DB_HOTS");
        }
    }

    @Test
    void connect_finds_it_among_the_services_on_the_classpath() {
        assertThat(ServiceLoader.load(ConfigProvider.class).stream().map(ServiceLoader.Provider::type))
                .anyMatch(WorkerEnvironment.class::equals);
    }

    @Test
    void the_password_is_not_printed() {
        assertThat(database.toString()).doesNotContain("secret");
    }

    private WorkerEnvironment environment() {
        var environment = new WorkerEnvironment();
        environment.configure(database.variables());
        return environment;
    }
}
