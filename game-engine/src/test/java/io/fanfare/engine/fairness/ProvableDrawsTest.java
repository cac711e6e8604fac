package io.fanfare.engine.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvableDrawsTest {

    private static final ServerSeed SEED = new ServerSeed("0".repeat(63) + "1");

    /** Both figures were computed with openssl: {@code openssl dgst -sha256 [-hmac <seed>]}. */
    @Test
    void anyone_can_recompute_hash_and_draws() {
        var draws = new ProvableDraws(SEED, "lucky", "sess_1");

        double first = draws.next();

        assertThat(SEED.hash()).isEqualTo("c386d8e8d07342f2e39e189c8e6c57bb205bb373fe4e3a6f69404a8bb767b417");
        assertThat(first).isEqualTo((0xe7140702d97de5bcL >>> 11) * 0x1.0p-53);
    }

    @Test
    void another_client_seed_or_session_draws_differently() {
        double one = new ProvableDraws(SEED, "lucky", "sess_1").next();

        assertThat(new ProvableDraws(SEED, "luckier", "sess_1").next()).isNotEqualTo(one);
        assertThat(new ProvableDraws(SEED, "lucky", "sess_2").next()).isNotEqualTo(one);
    }

    @Test
    void draws_lie_in_the_unit_interval_and_spread_evenly() {
        var draws = new ProvableDraws(SEED, "", "sess_1");

        List<Double> seen =
                IntStream.range(0, 100_000).mapToObj(_ -> draws.next()).toList();

        assertThat(seen).allSatisfy(draw -> assertThat(draw).isBetween(0.0, Math.nextDown(1.0)));
        assertThat(seen.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .isCloseTo(0.5, within(0.005));
    }

    @Test
    void the_seed_does_not_show_in_a_log_line() {
        assertThat(SEED.toString()).doesNotContain(SEED.value());
    }
}
