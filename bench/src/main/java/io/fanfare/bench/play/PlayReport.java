package io.fanfare.bench.play;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.bench.compare.Ratio;
import io.fanfare.bench.verify.Report;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a run has found.
 *
 * @param settings of the database that decide whether what it says is on disk
 * @param verification of the tables; without a relay there are no topics to look at
 * @param relayOn what a whole platform takes; no gate but that it is as it must be afterwards
 */
record PlayReport(
        Map<String, String> settings,
        List<Cell> cells,
        HttpFigures http,
        List<Ratio> ratios,
        Report verification,
        RelayOn relayOn) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    PlayReport {
        settings = Map.copyOf(settings);
        cells = List.copyOf(cells);
        ratios = List.copyOf(ratios);
    }

    boolean passed() {
        return ratios.stream().allMatch(Ratio::passed) && http.passed() && isVerified();
    }

    private boolean isVerified() {
        return verification.passed() && relayOn.verification().passed();
    }

    String text() {
        var text = new StringBuilder("PostgreSQL: %s; relay off%n".formatted(settings));
        cells.forEach(cell -> text.append(cell.line()).append('\n'));
        text.append(http.text()).append('\n');
        ratios.forEach(ratio -> text.append(ratio.line()).append('\n'));
        return text.append(verification.table())
                .append(relayOn.text())
                .append(isVerified() ? "" : "the run is void\n")
                .toString();
    }

    String json() throws IOException {
        ObjectNode report = JSON.createObjectNode().put("passed", passed());
        settings.forEach(report.putObject("postgresql")::put);
        report.put("relay", "off");
        var list = report.putArray("cells");
        for (Cell cell : cells) {
            list.addObject()
                    .put("wheel", cell.wheel())
                    .put("way", cell.way())
                    .put("round", cell.round())
                    .put("idle_percent", cell.idle())
                    .put("plays_per_second", cell.perSecond())
                    .put("postgresql_cpu_seconds_per_1000", cell.databaseCpu())
                    .put("callers_cpu_seconds_per_1000", cell.ourCpu());
        }
        ObjectNode overHttp = report.putObject("http");
        http.perSecond().values().forEach(overHttp.putArray("plays_per_second")::add);
        overHttp.put("rate", http.rate())
                .put("p50_ms", http.p50())
                .put("p99_ms", http.p99())
                .put("wrong", http.wrong().count())
                .put("play_api_cpu_seconds_per_1000", http.apiCpu())
                .put("generator_cpu_seconds_per_1000", http.generatorCpu());
        var gates = report.putArray("ratios");
        ratios.forEach(ratio -> ratio.tell(gates.addObject()));
        ObjectNode platform =
                report.putObject("relay_on").put("wrong", relayOn.wrong().count());
        relayOn.perSecond().values().forEach(platform.putArray("plays_per_second")::add);
        platform.set("verification", relayOn.verification().json());
        return report.put("verified", isVerified()).toString();
    }
}
