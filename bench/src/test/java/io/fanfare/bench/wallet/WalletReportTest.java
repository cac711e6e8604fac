package io.fanfare.bench.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.compare.Series;
import io.fanfare.bench.wallet.Cell.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WalletReportTest {

    /** Each just reaches its gate. */
    private static final Map<Kind, Double> ENOUGH =
            Map.of(Kind.BARE, 100_000.0, Kind.UNIFORM, 25_000.0, Kind.HOT, 22_500.0, Kind.AT_LEAST_ONCE, 31_250.0);

    private static final Comeback BACK = comeback(5, 50_000);

    @Test
    void it_passes_at_its_limits() {
        assertThat(report(ENOUGH, BACK).passed()).isTrue();
    }

    @Test
    void too_few_entries_fail() {
        assertThat(report(with(Kind.UNIFORM, 24_999), BACK).passed()).isFalse();
        assertThat(report(with(Kind.UNIFORM, 24_999), BACK).text())
                .contains("FAIL  entries/s under exactly-once: best 24999, at least 25000");
    }

    @Test
    void a_hot_wallet_that_is_slow_fails() {
        assertThat(report(with(Kind.HOT, 22_499), BACK).passed()).isFalse();
    }

    @Test
    void exactly_once_that_costs_much_fails() {
        assertThat(report(with(Kind.AT_LEAST_ONCE, 31_251), BACK).passed()).isFalse();
    }

    @Test
    void wallets_that_come_back_late_fail() {
        assertThat(report(ENOUGH, comeback(5.1, 50_000)).passed()).isFalse();
        assertThat(report(ENOUGH, comeback(5, 49_999)).passed()).isFalse();
    }

    private static Map<Kind, Double> with(Kind kind, double perSecond) {
        var changed = new EnumMap<Kind, Double>(ENOUGH);
        changed.put(kind, perSecond);
        return changed;
    }

    private static WalletReport report(Map<Kind, Double> perSecond, Comeback comeback) {
        var cells = new ArrayList<Cell>();
        for (int round = 1; round <= 3; round++) {
            for (Kind kind : Kind.values()) {
                cells.add(new Cell(kind, round, 99, perSecond.getOrDefault(kind, 0.0), 0.02, 0.01));
            }
        }
        return new WalletReport(12, cells, comeback);
    }

    private static Comeback comeback(double readySeconds, double restoredPerSecond) {
        return new Comeback(1_000_000, alike(readySeconds), alike(restoredPerSecond), alike(100_000));
    }

    private static Series alike(double value) {
        return new Series(List.of(value, value, value));
    }
}
