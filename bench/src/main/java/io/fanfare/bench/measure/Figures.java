package io.fanfare.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** One stage in milliseconds. */
public record Figures(String stage, long count, double p50, double p90, double p99, double max) {

    public static final String HEADER = String.format(
            Locale.ROOT, "  %-44s %9s %9s %9s %9s %9s", "milliseconds", "count", "p50", "p90", "p99", "max");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double MICROS = 1000.0;

    static Figures of(String stage, Histogram micros) {
        return new Figures(
                stage,
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / MICROS,
                micros.getValueAtPercentile(90) / MICROS,
                micros.getValueAtPercentile(99) / MICROS,
                micros.getMaxValue() / MICROS);
    }

    public String line() {
        return String.format(Locale.ROOT, "  %-44s %9d %9.1f %9.1f %9.1f %9.1f", stage, count, p50, p90, p99, max);
    }

    /** For programs. */
    public static JsonNode json(List<Figures> figures) {
        ArrayNode list = JSON.createArrayNode();
        for (Figures one : figures) {
            list.addObject()
                    .put("stage", one.stage())
                    .put("count", one.count())
                    .put("p50_ms", one.p50())
                    .put("p90_ms", one.p90())
                    .put("p99_ms", one.p99())
                    .put("max_ms", one.max());
        }
        return list;
    }
}
