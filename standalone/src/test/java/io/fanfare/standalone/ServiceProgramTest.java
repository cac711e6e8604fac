package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceProgramTest {

    private static final Map<String, String> WORKER = Map.of(
            "FANFARE_DB_URL", "jdbc:postgresql://127.0.0.1:15432/fanfare",
            "FANFARE_DB_USER", "fanfare",
            "FANFARE_DB_PASSWORD", "fanfare",
            "FANFARE_KAFKA_BOOTSTRAP", "127.0.0.1:9092",
            "FANFARE_REGISTRY_URL", "http://127.0.0.1:8081/apis/ccompat/v7",
            "FANFARE_JWT_SECRET", "0123456789012345678901234567890123456789");

    @Test
    void everything_that_is_missing_is_named_at_once() {
        assertThat(ServiceProgram.STREAMS.missing(
                        Map.of("FANFARE_REGISTRY_URL", "http://127.0.0.1:8081", "FANFARE_DB_URL", " ")))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly(
                        "FANFARE_KAFKA_BOOTSTRAP",
                        "FANFARE_STREAMS_STATE_DIR",
                        "FANFARE_STREAMS_APPLICATION_SERVER",
                        "FANFARE_JWT_SECRET");
    }

    @Test
    void only_development_mode_goes_without_a_secret() {
        assertThat(ServiceProgram.WORKER.missing(WORKER)).isEmpty();

        var withoutSecret = new HashMap<>(WORKER);
        withoutSecret.remove("FANFARE_JWT_SECRET");
        assertThat(ServiceProgram.WORKER.missing(withoutSecret))
                .singleElement()
                .asString()
                .startsWith("FANFARE_JWT_SECRET");

        withoutSecret.put("FANFARE_DEV_MODE", "true");
        assertThat(ServiceProgram.WORKER.missing(withoutSecret)).isEmpty();
    }

    @Test
    void the_api_asks_kafka_for_its_relay_on_mariadb_alone() {
        var api = new HashMap<>(WORKER);
        api.put("FANFARE_STATE_URL", "http://127.0.0.1:8082");
        api.remove("FANFARE_KAFKA_BOOTSTRAP");
        assertThat(ServiceProgram.PLAY_API.missing(api)).isEmpty();

        api.put("FANFARE_DB_URL", "jdbc:mariadb://127.0.0.1:3306/fanfare");
        assertThat(ServiceProgram.PLAY_API.missing(api))
                .singleElement()
                .asString()
                .startsWith("FANFARE_KAFKA_BOOTSTRAP");
    }

    @Test
    void what_is_not_told_enough_does_not_start() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> ServiceRun.stay(ServiceProgram.PLAY_API, Map.of()))
                .withMessageContainingAll("play-api", "FANFARE_DB_URL", "FANFARE_STATE_URL");
    }
}
