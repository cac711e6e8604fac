package io.fanfare.bench.latency;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** One stage in milliseconds. */
record Figures(String stage, long count, double p50, double p90, double p99, double max) {

    static final String HEADER = String.format(
            Locale.ROOT, "  %-44s %9s %9s %9s %9s %9s", "milliseconds", "count", "p50", "p90", "p99", "max");

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

    String line() {
        return String.format(Locale.ROOT, "  %-44s %9d %9.1f %9.1f %9.1f %9.1f", stage, count, p50, p90, p99, max);
    }
}
