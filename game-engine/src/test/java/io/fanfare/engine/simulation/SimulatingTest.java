package io.fanfare.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.simulation.Forecast.Point;
import io.fanfare.engine.simulation.Simulating.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatingTest {

    private final Prize mug = Wheel.voucher("Mug");
    private final Prize points = Wheel.points(50);
    private final Wheel wheel = Wheel.aWheel().slot(mug, 1).slot(points, 4).emptySlot(5);

    @Test
    void odds_and_cost_come_out_as_configured() {
        Forecast forecast = Simulating.simulate(question(wheel, 100_000, Map.of()), 1);

        assertThat(forecast.prize(mug.id()).odds()).isCloseTo(0.1, within(0.005));
        assertThat(forecast.prize(points.id()).odds()).isCloseTo(0.4, within(0.01));
        assertThat(forecast.winRate()).isCloseTo(0.5, within(0.01));
        assertThat(forecast.cost())
                .isEqualTo(forecast.prize(mug.id()).awarded() * mug.value()
                        + forecast.prize(points.id()).awarded() * 50);
    }

    @Test
    void stock_that_runs_out_is_foreseen_and_never_overdrawn() {
        Forecast forecast = Simulating.simulate(question(wheel, 10_000, Map.of(mug.id(), 100L)), 1);

        assertThat(forecast.prize(mug.id()).awarded()).isEqualTo(100);
        assertThat(forecast.prize(mug.id()).exhaustedAtPlay()).isBetween(700L, 1_400L);
        assertThat(forecast.unavailable()).containsKey(Unavailability.OUT_OF_STOCK);
    }

    @Test
    void a_redraw_gives_the_rest_away_instead() {
        Wheel redrawing = Wheel.aWheel().slot(mug, 9).slot(points, 1).when(OnUnavailable.REDRAW);

        Forecast forecast = Simulating.simulate(question(redrawing, 1_000, Map.of(mug.id(), 10L)), 1);

        assertThat(forecast.wins()).isEqualTo(1_000);
        assertThat(forecast.prize(points.id()).awarded()).isEqualTo(990);
    }

    @Test
    void the_same_seed_gives_the_same_forecast_and_the_curve_ends_at_its_totals() {
        List<Long> progress = new ArrayList<>();

        Forecast one = Simulating.simulate(question(wheel, 12_345, Map.of()), 9, progress::add);
        Forecast two = Simulating.simulate(question(wheel, 12_345, Map.of()), 9);

        assertThat(two).isEqualTo(one);
        assertThat(one.winCurve()).hasSizeLessThanOrEqualTo(101);
        assertThat(one.winCurve().getLast()).isEqualTo(new Point(12_345, one.wins(), one.cost()));
        assertThat(progress).isSorted().endsWith(12_345L);
    }

    @Test
    void a_million_plays_take_seconds() {
        Question million = question(wheel, 1_000_000, Map.of(mug.id(), 50_000L));

        Forecast forecast = assertTimeout(Duration.ofSeconds(30), () -> Simulating.simulate(million, 3));

        assertThat(forecast.plays()).isEqualTo(1_000_000);
        assertThatThrownBy(() -> Crowd.of(1_000_001, Wheel.NOON)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Question question(Wheel wheel, long plays, Map<PrizeId, Long> stock) {
        return new Question(wheel.game(), wheel.prizes(), stock, Map.of(), Crowd.of(plays, Wheel.NOON));
    }
}
