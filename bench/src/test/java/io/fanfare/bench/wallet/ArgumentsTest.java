package io.fanfare.bench.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void what_is_not_said_has_a_usual_value() {
        assertThat(Arguments.parse(List.of("--data", "/run")))
                .isEqualTo(new Arguments.Run(
                        Path.of("/run"),
                        18_080,
                        List.of(Half.APP, Half.REDEEM),
                        1_600_000,
                        1_000_000,
                        12,
                        3,
                        Duration.ofSeconds(30),
                        false));
    }

    @Test
    void everything_can_be_said() {
        List<String> words = List.of(
                "--json",
                "--data",
                "/run",
                "--port",
                "9000",
                "--commands",
                "500",
                "--wallets",
                "50",
                "--partitions",
                "4",
                "--rounds",
                "5",
                "--only",
                "redeem",
                "--seconds",
                "7");

        assertThat(Arguments.parse(words))
                .isEqualTo(new Arguments.Run(
                        Path.of("/run"), 9_000, List.of(Half.REDEEM), 500, 50, 4, 5, Duration.ofSeconds(7), true));
    }

    @Test
    void each_half_can_be_measured_alone() {
        assertThat(Arguments.parse(List.of("--only", "app")))
                .isInstanceOfSatisfying(
                        Arguments.Run.class, run -> assertThat(run.halves()).containsExactly(Half.APP));
        assertThat(Arguments.parse(List.of("--only", "redeem")))
                .isInstanceOfSatisfying(
                        Arguments.Run.class, run -> assertThat(run.halves()).containsExactly(Half.REDEEM));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --rounds,       , --rounds needs a value
            --rounds,  many , '--rounds needs a number, not many'
            --only,    cells, '--only needs app or redeem, not cells'
            --seconds, 0    , '--seconds needs a number, not 0'
            --speed,   9    , bench wallet does not know --speed
            """)
    void what_is_not_understood_is_refused(String option, String value, String reason) {
        List<String> words = value == null ? List.of(option) : List.of(option, value);

        assertThat(Arguments.parse(words)).isEqualTo(new Arguments.Refused(reason));
    }
}
