package io.fanfare.bench.latency;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Gate;
import io.fanfare.bench.measure.Verification;
import java.io.IOException;
import java.util.List;

/** What the rates have shown, and whether the platform was right afterwards. */
record LatencyReport(List<Cell> cells, Verification verified) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    LatencyReport {
        cells = List.copyOf(cells);
    }

    boolean passed() {
        return verified.passed() && cells.stream().allMatch(Cell::passed);
    }

    /** For people; the cells were told as they came. */
    String text() {
        return verified.text() + (passed() ? "green\n" : "RED\n");
    }

    /** For programs: one line. */
    String json() throws IOException {
        ObjectNode report = JSON.createObjectNode().put("passed", passed());
        ArrayNode list = report.putArray("cells");
        for (Cell cell : cells) {
            ObjectNode one = list.addObject()
                    .put("rate", cell.rate())
                    .put("seconds", cell.length().toSeconds())
                    .put("idle_percent_before", cell.idle())
                    .put("acknowledged", cell.acknowledged())
                    .put("wrong", cell.wrong())
                    .put("unseen", cell.unseen());
            one.set("stages", Figures.json(cell.figures()));
            one.set("gates", Gate.json(cell.gates()));
            ObjectNode cpu = one.putObject("cpu_seconds_per_1000_plays");
            cell.cpu().forEach(cpu::put);
        }
        report.set("verify", verified.json());
        return report.toString();
    }
}
