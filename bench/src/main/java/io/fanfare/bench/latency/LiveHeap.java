package io.fanfare.bench.latency;

import java.time.Duration;
import java.util.Locale;

/** What the process that serves {@code /state/v1} held right after it had thrown away its garbage. */
record LiveHeap(Duration since, double mebibytes) {

    String line() {
        return String.format(Locale.ROOT, "  %4d s  live heap %.0f MiB", since.toSeconds(), mebibytes);
    }
}
