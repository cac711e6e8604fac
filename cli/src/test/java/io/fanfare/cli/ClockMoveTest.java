package io.fanfare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockMoveTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "+1d, PT25H",
        "-2h, PT-1H",
        "+1d12h, PT37H",
        "+90m, PT2H30M",
        "+30s, PT1H30S",
        "+P1DT2H, PT27H",
        "-PT30M, PT30M",
        "reset, PT0S",
        "2026-03-02T12:00:00Z, PT24H",
        "2026-03-01T11:00:00Z, PT-1H"
    })
    void is_read_and_counted_from_where_the_clock_is(String text, Duration ahead) {
        assertThat(ClockMove.parse(text).ahead(Duration.ofHours(1), NOON)).isEqualTo(ahead);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "1d", "+1", "+1w", "+P1M", "++1d", "+-1d", "2026-03-02", ""})
    void is_refused_where_it_makes_no_sense(String text) {
        assertThatThrownBy(() -> ClockMove.parse(text))
                .isInstanceOf(NotUnderstood.class)
                .hasMessageContaining("does not understand '%s'".formatted(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+4000d", "-999999d", "9999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z"})
    void is_refused_where_it_leads_too_far(String text) {
        assertThatThrownBy(() -> ClockMove.parse(text).ahead(Duration.ZERO, NOON))
                .isInstanceOf(NotUnderstood.class);
    }

    @Test
    void may_lead_ten_years_ahead() {
        assertThat(ClockMove.parse("+3650d").ahead(Duration.ZERO, NOON)).isEqualTo(Duration.ofDays(3650));
    }
}
