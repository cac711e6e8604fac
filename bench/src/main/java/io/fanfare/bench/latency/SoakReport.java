package io.fanfare.bench.latency;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a long run has shown. Memory is flat where the last third of the run takes no more than the second; the first is for
 * filling what is meant to be filled. Of the heap, garbage and all, the lowest point of a third counts.
 *
 * @param relay from a play's answer to its topic
 */
record SoakReport(
        int rate,
        Duration length,
        long acknowledged,
        long wrong,
        String firstWrong,
        long unseen,
        List<Figures> figures,
        Figures relay,
        List<Sample> samples,
        Verification verified) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double RELAY_P99_MILLIS = 2000;
    private static final double GROWTH_PERCENT = 10;
    private static final int FEWEST_SAMPLES = 6;

    SoakReport {
        figures = List.copyOf(figures);
        samples = List.copyOf(samples);
    }

    List<Gate> gates() {
        boolean enough = samples.size() >= FEWEST_SAMPLES;
        return List.of(
                new Gate("plays refused or unanswered", wrong, 0, acknowledged > 0),
                new Gate("plays never seen on a topic", unseen, 0, acknowledged > 0),
                new Gate("relay lag, p99 in ms", relay.p99(), RELAY_P99_MILLIS, relay.count() > 0),
                new Gate("growth of the heap's lowest point in %", growth(Sample::heap), GROWTH_PERCENT, enough),
                new Gate("growth of all memory in %", growth(Sample::total), GROWTH_PERCENT, enough));
    }

    boolean passed() {
        return verified.passed() && gates().stream().allMatch(Gate::passed);
    }

    /** Of the lowest point, from the second third of the run to the last, in percent; negative where it shrank. */
    private double growth(ToDoubleFunction<Sample> what) {
        int third = samples.size() / 3;
        double before = lowest(samples.subList(third, samples.size() - third), what);
        double after = lowest(samples.subList(samples.size() - third, samples.size()), what);
        return before == 0 ? 0 : 100 * (after - before) / before;
    }

    private static double lowest(List<Sample> some, ToDoubleFunction<Sample> what) {
        return some.stream().mapToDouble(what).min().orElse(0);
    }

    /** For people; the samples were told as they came. */
    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "%d plays/s for %d s: %d acknowledged%n", rate, length.toSeconds(), acknowledged));
        text.append(Figures.HEADER).append('\n');
        figures.forEach(one -> text.append(one.line()).append('\n'));
        gates().forEach(gate -> text.append(gate.line()).append('\n'));
        if (!firstWrong.isEmpty()) {
            text.append("  first complaint: ").append(firstWrong).append('\n');
        }
        return text.append(verified.text())
                .append(passed() ? "green\n" : "RED\n")
                .toString();
    }

    /** For programs: one line. */
    String json() throws IOException {
        ObjectNode report = JSON.createObjectNode()
                .put("passed", passed())
                .put("rate", rate)
                .put("seconds", length.toSeconds())
                .put("acknowledged", acknowledged)
                .put("wrong", wrong)
                .put("unseen", unseen);
        report.set("stages", LatencyReport.stages(figures));
        report.set("gates", LatencyReport.gates(gates()));
        ArrayNode list = report.putArray("samples");
        for (Sample sample : samples) {
            ObjectNode one = list.addObject()
                    .put("seconds", sample.since().toSeconds())
                    .put("acknowledged", sample.acknowledged())
                    .put("heap_mib", sample.heap());
            ObjectNode memory = one.putObject("memory_mib");
            sample.memory().forEach(memory::put);
        }
        report.set("verify", verified.json());
        return report.toString();
    }
}
