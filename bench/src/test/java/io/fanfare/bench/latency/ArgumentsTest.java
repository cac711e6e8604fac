package io.fanfare.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final Path DATA = Path.of(".fanfare-bench").toAbsolutePath();

    @Test
    void latency_measures_both_rates_once_on_a_platform_of_its_own() {
        assertThat(Arguments.parse(List.of("latency")))
                .isEqualTo(new Arguments.Latency(
                        new Arguments.Place(DATA, 18_080, Optional.empty()),
                        List.of(50, 500),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        1,
                        false));
    }

    @Test
    void soak_lasts_ten_minutes() {
        assertThat(Arguments.parse(List.of("soak")))
                .isEqualTo(new Arguments.Soak(
                        new Arguments.Place(DATA, 18_080, Optional.empty()), 300, Duration.ofMinutes(10), false));
    }

    @Test
    void every_option_has_its_effect() {
        assertThat(Arguments.parse(List.of(
                        "latency",
                        "--rates",
                        "10,20",
                        "--seconds",
                        "5",
                        "--warm-up",
                        "3",
                        "--rounds",
                        "2",
                        "--on",
                        "/p",
                        "--data",
                        "/d",
                        "--port",
                        "19080",
                        "--json")))
                .isEqualTo(new Arguments.Latency(
                        new Arguments.Place(Path.of("/d"), 19_080, Optional.of(Path.of("/p"))),
                        List.of(10, 20),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        2,
                        true));
        assertThat(Arguments.parse(List.of("soak", "--minutes", "1", "--rate", "20", "--data", "/d")))
                .isEqualTo(new Arguments.Soak(
                        new Arguments.Place(Path.of("/d"), 18_080, Optional.empty()),
                        20,
                        Duration.ofMinutes(1),
                        false));
    }

    @Test
    void what_is_not_understood_is_refused_by_name() {
        assertThat(Arguments.parse(List.of("soak", "--rates", "5")))
                .isEqualTo(new Arguments.Refused("bench soak does not know --rates"));
        assertThat(Arguments.parse(List.of("latency", "--rates", "5,")))
                .isEqualTo(new Arguments.Refused("--rates needs a number, not 5,"));
        assertThat(Arguments.parse(List.of("latency", "--seconds", "0")))
                .isEqualTo(new Arguments.Refused("--seconds needs a number, not 0"));
        assertThat(Arguments.parse(List.of("latency", "--rates")))
                .isEqualTo(new Arguments.Refused("--rates needs a value"));
    }
}
