package io.fanfare.bench.latency;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What the platform took at one moment, in MiB.
 *
 * @param heap used, garbage included, of the process that serves {@code /state/v1}
 * @param memory proportional set size by part
 */
record Sample(Duration since, long acknowledged, double heap, Map<String, Double> memory) {

    Sample {
        memory = Map.copyOf(memory);
    }

    double total() {
        return memory.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    String line() {
        var line = new StringBuilder(String.format(
                Locale.ROOT,
                "  %4d s  %8d plays  heap %5.0f MiB  total %6.0f MiB ",
                since.toSeconds(),
                acknowledged,
                heap,
                total()));
        memory.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(part -> line.append(String.format(Locale.ROOT, " %s %.0f", part.getKey(), part.getValue())));
        return line.toString();
    }
}
