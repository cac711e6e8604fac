package io.fanfare.ranked;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderKeyTest {

    private static final List<Long> NUMBERS = List.of(Long.MIN_VALUE, -2L, -1L, 0L, 1L, 2L, 255L, 256L, Long.MAX_VALUE);
    private static final List<String> PLAYERS = List.of("", "a", "ada", "b", "grace", "ï", "\uFFFD", "\uD83D\uDE00");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void bytes_and_keys_are_in_the_same_order_and_come_back_unchanged(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            OrderKey one = any(random);
            OrderKey other = any(random);

            int ofBytes = Arrays.compareUnsigned(one.toBytes(), other.toBytes());

            assertThat(Integer.signum(ofBytes)).isEqualTo(Integer.signum(one.compareTo(other)));
            assertThat(OrderKey.fromBytes(one.toBytes())).isEqualTo(one);
        }
    }

    private static OrderKey any(Random random) {
        return new OrderKey(
                NUMBERS.get(random.nextInt(NUMBERS.size())),
                NUMBERS.get(random.nextInt(NUMBERS.size())),
                PLAYERS.get(random.nextInt(PLAYERS.size())));
    }
}
