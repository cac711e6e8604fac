package io.fanfare.bench.latency;

import java.util.Locale;

/** What a figure must not exceed. A figure that stands for nothing has not passed. */
record Gate(String what, double actual, double limit, boolean hasShown) {

    boolean passed() {
        return hasShown && actual <= limit;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "  %-4s  %s: %.1f, at most %.1f%s",
                passed() ? "ok" : "FAIL",
                what,
                actual,
                limit,
                hasShown ? "" : " (nothing was measured)");
    }
}
