package io.fanfare.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PlateauTest {

    @Test
    void what_still_falls_has_not_reached_it() {
        assertThat(roundsUntilReached(10, 9, 8, 7, 6, 5, 4)).isZero();
    }

    @Test
    void two_rounds_that_are_hardly_cheaper_have_reached_it() {
        assertThat(roundsUntilReached(10, 5, 4.9, 4.9, 4.9)).isEqualTo(4);
    }

    @Test
    void one_dear_round_among_cheaper_ones_is_a_neighbour() {
        assertThat(roundsUntilReached(10, 8, 11, 6, 5, 5, 5)).isEqualTo(7);
    }

    @Test
    void what_creeps_down_is_flat() {
        assertThat(roundsUntilReached(10, 9.8, 9.7, 9.6)).isEqualTo(3);
    }

    /** 0 where it is never reached. */
    private static long roundsUntilReached(double... costs) {
        var plateau = new Plateau();
        long before = DoubleStream.of(costs)
                .takeWhile(cost -> !plateau.isReachedWith(cost))
                .count();
        return before == costs.length ? 0 : before + 1;
    }
}
