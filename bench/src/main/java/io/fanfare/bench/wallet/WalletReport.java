package io.fanfare.bench.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.bench.compare.Ratio;
import io.fanfare.bench.compare.Series;
import java.util.List;
import java.util.Locale;

/** What the wallets app does by itself. */
record WalletReport(int partitions, List<Cell> cells, Comeback comeback) implements Findings {

    static final double PER_SECOND = 25_000;
    private static final double HOT_AT_LEAST = 0.9;
    private static final double EXACTLY_ONCE_AT_LEAST = 0.8;

    WalletReport {
        cells = List.copyOf(cells);
    }

    @Override
    public boolean passed() {
        return isFastEnough() && comeback.isReadyInTime() && ratios().stream().allMatch(Ratio::passed);
    }

    private boolean isFastEnough() {
        return series(Cell.Kind.UNIFORM).best() >= PER_SECOND;
    }

    private List<Ratio> ratios() {
        return List.of(
                new Ratio("hot wallet / uniform", series(Cell.Kind.UNIFORM), series(Cell.Kind.HOT), HOT_AT_LEAST),
                new Ratio(
                        "exactly once / at least once",
                        series(Cell.Kind.AT_LEAST_ONCE),
                        series(Cell.Kind.UNIFORM),
                        EXACTLY_ONCE_AT_LEAST),
                comeback.ratio());
    }

    private Series series(Cell.Kind kind) {
        return new Series(cells.stream()
                .filter(cell -> cell.kind() == kind)
                .map(Cell::perSecond)
                .toList());
    }

    private double besideBare() {
        return series(Cell.Kind.UNIFORM).median() / series(Cell.Kind.BARE).median();
    }

    @Override
    public String text() {
        var text = new StringBuilder("%d partitions; the broker on the same cores%n".formatted(partitions));
        cells.forEach(cell -> text.append(cell.line()).append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "  %-4s  entries/s under exactly-once: best %.0f, at least %.0f; %.2f of the bare processor (%s)%n",
                isFastEnough() ? "ok" : "FAIL",
                series(Cell.Kind.UNIFORM).best(),
                PER_SECOND,
                besideBare(),
                series(Cell.Kind.BARE).text()));
        ratios().forEach(ratio -> text.append(ratio.line()).append('\n'));
        return text.append(comeback.line()).append('\n').toString();
    }

    @Override
    public void json(ObjectNode report) {
        report.put("partitions", partitions);
        var list = report.putArray("cells");
        for (Cell cell : cells) {
            list.addObject()
                    .put("what", cell.kind().text())
                    .put("round", cell.round())
                    .put("idle_percent", cell.idle())
                    .put("commands_per_second", cell.perSecond())
                    .put("app_cpu_seconds_per_1000", cell.appCpu())
                    .put("broker_cpu_seconds_per_1000", cell.brokerCpu());
        }
        report.put("entries_per_second_best", series(Cell.Kind.UNIFORM).best())
                .put("entries_per_second_at_least", PER_SECOND)
                .put("of_the_bare_processor", besideBare());
        var gates = report.putArray("ratios");
        ratios().forEach(ratio -> ratio.tell(gates.addObject()));
        report.put("wallets_restored", comeback.wallets())
                .put("ready_after_clean_stop_seconds", comeback.ready().shortest());
    }
}
