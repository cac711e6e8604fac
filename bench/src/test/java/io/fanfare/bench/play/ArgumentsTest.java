package io.fanfare.bench.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void what_is_not_said_has_a_usual_value() {
        assertThat(Arguments.parse(List.of("--data", "/run")))
                .isEqualTo(new Arguments.Run(Path.of("/run"), 18_080, 20_000, 3, 20, false));
    }

    @Test
    void everything_can_be_said() {
        List<String> words = List.of(
                "--json", "--data", "/run", "--port", "9000", "--plays", "500", "--rounds", "5", "--seconds", "2");

        assertThat(Arguments.parse(words)).isEqualTo(new Arguments.Run(Path.of("/run"), 9_000, 500, 5, 2, true));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --plays,       , --plays needs a value
            --plays,  many , '--plays needs a number, not many'
            --rounds, 0    , '--rounds needs a number, not 0'
            --kills,  5    , bench play does not know --kills
            """)
    void what_makes_no_sense_is_refused(String option, String value, String reason) {
        List<String> words = value == null ? List.of(option) : List.of(option, value);

        assertThat(Arguments.parse(words)).isEqualTo(new Arguments.Refused(reason));
    }
}
