package io.fanfare.bench.latency;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Gate;
import io.fanfare.bench.measure.Verification;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a long run has shown. Memory is flat where the last third of the run takes no more than the second; the first is for
 * filling what is meant to be filled. Of the heap counts what is held, without garbage: at the end of the run against the end of its
 * first third.
 *
 * @param relay from a play's answer to its topic
 * @param heap at the beginning and after each third
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
        List<LiveHeap> heap,
        Verification verified) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double RELAY_P99_MILLIS = 2000;
    private static final double GROWTH_PERCENT = 10;
    private static final int FEWEST_SAMPLES = 6;

    SoakReport {
        figures = List.copyOf(figures);
        samples = List.copyOf(samples);
        heap = List.copyOf(heap);
    }

    List<Gate> gates() {
        boolean enough = samples.size() >= FEWEST_SAMPLES;
        return List.of(
                new Gate("plays refused or unanswered", wrong, 0, acknowledged > 0),
                new Gate("plays never seen on a topic", unseen, 0, acknowledged > 0),
                new Gate("relay lag, p99 in ms", relay.p99(), RELAY_P99_MILLIS, relay.count() > 0),
                new Gate("growth of the live heap in %", growthOfHeap(), GROWTH_PERCENT, heap.size() > 2),
                new Gate("growth of all memory in %", growthOfMemory(), GROWTH_PERCENT, enough));
    }

    boolean passed() {
        return verified.passed() && gates().stream().allMatch(Gate::passed);
    }

    private double growthOfHeap() {
        return heap.size() > 2 ? growth(heap.get(1).mebibytes(), heap.getLast().mebibytes()) : 0;
    }

    /** Of the lowest point, from the second third of the run to the last. */
    private double growthOfMemory() {
        int third = samples.size() / 3;
        return growth(
                lowest(samples.subList(third, samples.size() - third)),
                lowest(samples.subList(samples.size() - third, samples.size())));
    }

    /** In percent; negative where it shrank. */
    private static double growth(double before, double after) {
        return before == 0 ? 0 : 100 * (after - before) / before;
    }

    private static double lowest(List<Sample> some) {
        return some.stream().mapToDouble(Sample::total).min().orElse(0);
    }

    /** For people; the samples were told as they came. */
    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "%d plays/s for %d s: %d acknowledged%n", rate, length.toSeconds(), acknowledged));
        text.append(Figures.HEADER).append('\n');
        figures.forEach(one -> text.append(one.line()).append('\n'));
        heap.forEach(live -> text.append(live.line()).append('\n'));
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
        report.set("stages", Figures.json(figures));
        report.set("gates", Gate.json(gates()));
        ArrayNode list = report.putArray("samples");
        for (Sample sample : samples) {
            ObjectNode one = list.addObject()
                    .put("seconds", sample.since().toSeconds())
                    .put("acknowledged", sample.acknowledged())
                    .put("heap_mib", sample.heap());
            ObjectNode memory = one.putObject("memory_mib");
            sample.memory().forEach(memory::put);
        }
        ArrayNode held = report.putArray("live_heap");
        heap.forEach(live ->
                held.addObject().put("seconds", live.since().toSeconds()).put("mib", live.mebibytes()));
        report.set("verify", verified.json());
        return report.toString();
    }
}
