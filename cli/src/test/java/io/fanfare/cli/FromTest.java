package io.fanfare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FromTest {

    @Test
    void is_a_place_a_time_or_a_number_of_records() {
        assertThat(From.parse("beginning")).isEqualTo(new From.Beginning());
        assertThat(From.parse("end")).isEqualTo(new From.End());
        assertThat(From.parse("-10")).isEqualTo(new From.Last(10));
        assertThat(From.parse("2026-03-01T12:00:00Z")).isEqualTo(new From.At(Instant.parse("2026-03-01T12:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "-0", "-1234567", "start", "2026-03-01", ""})
    void is_nothing_else(String text) {
        assertThatThrownBy(() -> From.parse(text))
                .isInstanceOf(NotUnderstood.class)
                .hasMessageContaining("not '%s'".formatted(text));
    }
}
