package io.fanfare.engine.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.wallet.Validity.Rounding;
import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {

    @ParameterizedTest
    @CsvSource({
        "NONE,  2026-03-04T10:15:00Z",
        "DAY,   2026-03-05T00:00:00Z",
        "WEEK,  2026-03-09T00:00:00Z",
        "MONTH, 2026-04-01T00:00:00Z",
    })
    void it_ends_with_the_day_the_week_or_the_month(Rounding rounding, Instant expiry) {
        var threeDays = new Validity(Period.ofDays(3), rounding);

        assertThat(threeDays.expiry(Instant.parse("2026-03-01T10:15:00Z"))).isEqualTo(expiry);
    }

    @ParameterizedTest
    @CsvSource({"DAY, 2026-03-03T00:00:00Z", "WEEK, 2026-03-02T00:00:00Z", "MONTH, 2026-04-01T00:00:00Z"})
    void what_ends_there_already_stays(Rounding rounding, Instant expiry) {
        var oneDay = new Validity(Period.ofDays(1), rounding);

        assertThat(oneDay.expiry(expiry.minusSeconds(86_400))).isEqualTo(expiry);
    }

    @Test
    void months_are_those_of_the_calendar() {
        var aMonth = new Validity(Period.ofMonths(1), Rounding.NONE);

        assertThat(aMonth.expiry(Instant.parse("2026-01-31T12:00:00Z"))).isEqualTo("2026-02-28T12:00:00Z");
    }

    @Test
    void nothing_expires_before_it_is_issued() {
        assertThatThrownBy(() -> new Validity(Period.ZERO, Rounding.DAY)).hasMessageContaining("expected 1 to 36500");
        assertThatThrownBy(() -> new Validity(Period.ofDays(-1), Rounding.DAY)).hasMessageContaining("P-1D");
        assertThatThrownBy(() -> new Validity(Period.ofYears(200), Rounding.DAY))
                .hasMessageContaining("P200Y");
    }
}
