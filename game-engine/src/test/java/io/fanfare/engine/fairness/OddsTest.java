package io.fanfare.engine.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddsTest {

    private static final List<BigDecimal> WEIGHTS =
            Stream.of("0.1", "0.2", "0.3", "0.4").map(BigDecimal::new).toList();

    /** A fair generator of three degrees of freedom is above it once in a hundred runs. */
    private static final double P_1_PERCENT = 11.345;

    @Test
    void weights_count_as_they_were_written() {
        Odds odds = Odds.of(Stream.of("0.1", "0.2").map(BigDecimal::new).toList());

        long third = Odds.RANGE / 3;

        assertThat(odds.pick(() -> (third - 1) * 0x1.0p-53)).isZero();
        assertThat(odds.pick(() -> third * 0x1.0p-53)).isOne();
    }

    @Test
    void the_smallest_weight_keeps_a_ticket_beside_the_largest() {
        Odds odds = Odds.of(Stream.of("1e-300", "1e90").map(BigDecimal::new).toList());

        assertThat(odds.pick(() -> 0.0)).isZero();
        assertThat(odds.pick(() -> 0x1.0p-52)).isOne();
    }

    @Test
    void what_is_not_allowed_is_not_picked_and_the_rest_keep_their_proportions() {
        Odds odds = Odds.of(WEIGHTS);
        var draws = new SeededDraws(5);

        int[] seen = new int[4];
        for (int i = 0; i < 40_000; i++) {
            seen[odds.pick(draws, place -> place != 3)]++;
        }

        assertThat(seen[3]).isZero();
        assertThat((double) seen[2] / seen[0]).isBetween(2.8, 3.2);
        assertThat(odds.pick(draws, _ -> false)).isEqualTo(-1);
    }

    @Test
    void nothing_that_weighs_nothing_can_be_drawn_from() {
        assertThatThrownBy(() -> Odds.of(List.of(BigDecimal.ZERO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 in total");
    }

    @Test
    void a_draw_in_the_rest_behind_equal_runs_is_put_aside() {
        double inTheRest = Math.nextDown(1.0);
        var draws = List.of(inTheRest, inTheRest, 0.5).iterator();

        assertThat(((Draws) draws::next).below(3)).isOne();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void provable_draws_follow_the_weights(long seed) {
        assertThat(chiSquare(provable(seed), 200_000)).isLessThan(16.27);
    }

    @Test
    void a_generator_that_is_biased_by_one_percent_is_found_out() {
        var fair = new SeededDraws(3);
        Draws biased = () -> fair.next() * 0.99;

        assertThat(chiSquare(biased, 1_000_000)).isGreaterThan(P_1_PERCENT);
    }

    @Test
    @Tag("long")
    void of_twenty_seeds_at_most_one_looks_unlikely() {
        long unlikely = LongStream.range(0, 20)
                .filter(seed -> chiSquare(provable(seed), 1_000_000) > P_1_PERCENT)
                .count();

        assertThat(unlikely).isLessThanOrEqualTo(1);
    }

    private static Draws provable(long seed) {
        return new ProvableDraws(new ServerSeed("%064x".formatted(seed)), "lucky", "sess_1");
    }

    private static double chiSquare(Draws draws, int total) {
        Odds odds = Odds.of(WEIGHTS);
        long[] seen = new long[WEIGHTS.size()];
        for (int i = 0; i < total; i++) {
            seen[odds.pick(draws)]++;
        }
        return IntStream.range(0, seen.length)
                .mapToDouble(i -> {
                    double expected = total * WEIGHTS.get(i).doubleValue();
                    return (seen[i] - expected) * (seen[i] - expected) / expected;
                })
                .sum();
    }
}
