package io.fanfare.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void is_that_of_the_medians() {
        var ratio = new Ratio("plays", new Series(List.of(1_000.0, 1_100.0, 990.0)), series(2_500, 9_000, 3_000), 3);

        assertThat(ratio.value()).isEqualTo(3);
        assertThat(ratio.passed()).isTrue();
        assertThat(ratio.line()).contains("3.00, at least 3.0");
    }

    @Test
    void less_than_wanted_has_not_passed() {
        var ratio = new Ratio("plays", series(1_000), series(2_990), 3);

        assertThat(ratio.passed()).isFalse();
    }

    @Test
    void beside_a_reference_that_is_not_the_same_from_round_to_round_the_worst_of_ours_has_to_do() {
        Series reference = series(900, 1_000, 1_060);

        var doubtful = new Ratio("plays", reference, series(3_170, 4_000, 5_000), 3);
        assertThat(doubtful.passed()).isFalse();
        assertThat(doubtful.line()).contains("2.99, at least 3.0", "the reference spreads by 16 %");

        var certain = new Ratio("plays", reference, series(3_180, 4_000, 5_000), 3);
        assertThat(certain.value()).isEqualTo(3);
        assertThat(certain.passed()).isTrue();
    }

    @Test
    void of_an_even_number_of_rounds_the_median_is_between_the_middle_ones() {
        assertThat(series(4, 1, 3, 2).median()).isEqualTo(2.5);
        assertThat(series(4, 1, 3, 2).best()).isEqualTo(4);
    }

    @Test
    void the_best_of_rates_is_the_highest_and_of_times_the_lowest() {
        assertThat(series(6.2, 5.1).best()).isEqualTo(6.2);
        assertThat(series(6.2, 5.1).shortest()).isEqualTo(5.1);
    }

    private static Series series(double... values) {
        return new Series(Arrays.stream(values).boxed().toList());
    }
}
