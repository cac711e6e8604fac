package io.fanfare.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellTest {

    @Test
    void a_slow_median_fails_at_fifty_a_second_only() {
        assertThat(cell(50, visible(101, 300), 0, 0).passed()).isFalse();
        assertThat(cell(50, visible(100, 300), 0, 0).passed()).isTrue();
        assertThat(cell(500, visible(101, 300), 0, 0).passed()).isTrue();
    }

    @Test
    void a_long_tail_fails_by_itself_and_beside_its_median() {
        assertThat(cell(500, visible(300, 1001), 0, 0).passed()).isFalse();
        assertThat(cell(500, visible(50, 301), 0, 0).passed()).isFalse();
        assertThat(cell(500, visible(50, 300), 0, 0).passed()).isTrue();
    }

    @Test
    void plays_that_were_refused_or_never_seen_fail() {
        assertThat(cell(50, visible(50, 100), 1, 0).passed()).isFalse();
        assertThat(cell(50, visible(50, 100), 0, 1).passed()).isFalse();
    }

    @Test
    void figures_of_nothing_fail() {
        Cell cell = cell(50, new Figures(Cell.VISIBLE, 0, 0, 0, 0, 0), 0, 0);

        assertThat(cell.passed()).isFalse();
        assertThat(cell.gates()).extracting(Gate::actual).allMatch(Double::isFinite);
    }

    @Test
    void a_busy_machine_is_told() {
        assertThat(new Cell(50, Duration.ofSeconds(30), 42, 1500, 0, "", 0, List.of(visible(50, 100)), Map.of()).text())
                .contains("42 % idle before (others were at work");
    }

    private static Figures visible(double p50, double p99) {
        return new Figures(Cell.VISIBLE, 100, p50, p50, p99, p99);
    }

    private static Cell cell(int rate, Figures visible, long wrong, long unseen) {
        return new Cell(rate, Duration.ofSeconds(30), 99, 1500, wrong, "", unseen, List.of(visible), Map.of());
    }
}
