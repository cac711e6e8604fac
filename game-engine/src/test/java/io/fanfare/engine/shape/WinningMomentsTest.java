package io.fanfare.engine.shape;

import static io.fanfare.engine.shape.Configured.refused;
import static io.fanfare.engine.shape.Configured.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.prize.PrizeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WinningMomentsTest {

    private static final Instant FROM = Instant.parse("2026-05-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int COUNT = 24;

    @Test
    void those_that_are_counted_fall_somewhere_in_each_part_of_the_time() {
        WinningMoments moments = counted(4711);

        assertThat(moments.at()).hasSize(COUNT);
        for (int part = 0; part < COUNT; part++) {
            Instant begins = FROM.plus(HOUR.multipliedBy(part));
            assertThat(moments.at().get(part)).isBetween(begins, begins.plus(HOUR));
        }
    }

    @Test
    void the_secret_and_nothing_else_says_where() {
        assertThat(counted(4711)).isEqualTo(counted(4711));
        assertThat(counted(4711).at()).doesNotContainAnyElementsOf(counted(4712).at());
    }

    @Test
    void without_a_secret_they_cannot_be_saved() {
        assertThat(refused("spin_wheel", wheelWith(unsecret()), Map.of()))
                .containsExactly("handler_config.winning_moments[0].spread_seed");
    }

    @Test
    void those_that_were_saved_without_a_secret_fall_where_they_always_did() {
        assertThat(moments(unsecret()).at()).isEqualTo(counted(0).at());
    }

    @Test
    void a_moment_is_due_from_its_very_instant_on() {
        var moments = new WinningMoments(new PrizeId("car"), List.of(FROM.plus(HOUR), FROM));

        assertThat(moments.due(FROM.minusMillis(1))).isZero();
        assertThat(moments.due(FROM)).isEqualTo(1);
        assertThat(moments.due(FROM.plus(HOUR))).isEqualTo(2);
    }

    private static WinningMoments counted(long secret) {
        var moments = new HashMap<String, Object>(counting());
        moments.put("spread_seed", secret);
        return moments(moments);
    }

    private static WinningMoments moments(Map<String, Object> configured) {
        return shape("spin_wheel", wheelWith(configured), Map.of())
                .terms()
                .moments()
                .getFirst();
    }

    private static Map<String, Object> unsecret() {
        var unsecret = new HashMap<String, Object>(counting());
        unsecret.remove("spread_seed");
        return unsecret;
    }

    private static Map<String, Object> counting() {
        return Map.of(
                "prize_id",
                "car",
                "count",
                COUNT,
                "from",
                FROM.getEpochSecond(),
                "until",
                FROM.plus(HOUR.multipliedBy(COUNT)).getEpochSecond(),
                "spread_seed",
                1);
    }

    private static Map<String, Object> wheelWith(Map<String, Object> moments) {
        return Map.of("prizes", List.of(Map.of("prize_id", "", "probability", 1)), "winning_moments", List.of(moments));
    }
}
