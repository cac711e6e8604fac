package io.fanfare.bench.latency;

import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Gate;
import io.fanfare.bench.measure.Machine;
import io.fanfare.bench.measure.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One rate, measured once.
 *
 * @param idle percent that the machine was idle before
 * @param unseen acknowledged plays that never appeared where they should have
 * @param cpu seconds per 1,000 plays, by part
 */
record Cell(
        int rate,
        Duration length,
        double idle,
        long acknowledged,
        long wrong,
        String firstWrong,
        long unseen,
        List<Figures> figures,
        Map<String, Double> cpu) {

    static final String VISIBLE = "answer -> credit visible at /state/v1";
    static final String HTTP = "HTTP play, from its intended start";

    private static final int SLOW = 50;
    private static final int FAST = 500;
    private static final double P50_MILLIS = 100;
    private static final double P99_MILLIS = 1000;
    private static final double P99_PER_P50 = 6;

    Cell {
        figures = List.copyOf(figures);
        cpu = Map.copyOf(cpu);
    }

    List<Gate> gates() {
        Figures visible = figures.stream()
                .filter(one -> one.stage().equals(VISIBLE))
                .findFirst()
                .orElseThrow();
        boolean hasShown = visible.count() > 0;
        var gates = new ArrayList<Gate>();
        gates.add(new Gate("plays refused or unanswered", wrong, 0, true));
        gates.add(new Gate("plays never seen on a topic", unseen, 0, true));
        if (rate <= SLOW) {
            gates.add(new Gate("credit visible, p50 in ms", visible.p50(), P50_MILLIS, hasShown));
        }
        if (rate <= FAST) {
            gates.add(new Gate("credit visible, p99 in ms", visible.p99(), P99_MILLIS, hasShown));
        }
        double multiple = hasShown ? visible.p99() / visible.p50() : 0;
        gates.add(new Gate("credit visible, p99 as a multiple of p50", multiple, P99_PER_P50, hasShown));
        return gates;
    }

    boolean passed() {
        return gates().stream().allMatch(Gate::passed);
    }

    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d plays/s for %d s: %d acknowledged; the machine was %.0f %% idle before%s%n",
                rate,
                length.toSeconds(),
                acknowledged,
                idle,
                Machine.remark(idle)));
        text.append(Figures.HEADER).append('\n');
        figures.forEach(one -> text.append(one.line()).append('\n'));
        text.append(Processes.line("plays", cpu)).append('\n');
        gates().forEach(gate -> text.append(gate.line()).append('\n'));
        if (!firstWrong.isEmpty()) {
            text.append("  first complaint: ").append(firstWrong).append('\n');
        }
        return text.toString();
    }
}
