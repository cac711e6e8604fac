package io.fanfare.bench.wallet;

import io.fanfare.bench.compare.Ratio;
import io.fanfare.bench.compare.Series;
import java.util.Locale;

/**
 * How many wallets come back.
 *
 * @param ready seconds from its launch until the app is running again, after a clean stop
 * @param restored wallets per second, from the launch of an app without its state
 * @param bare the same of the reference
 */
record Comeback(long wallets, Series ready, Series restored, Series bare) {

    static final double READY_SECONDS = 5;
    private static final double RESTORED_AT_LEAST = 0.5;

    Ratio ratio() {
        return new Ratio("wallets restored/s, ours / bare", bare, restored, RESTORED_AT_LEAST);
    }

    boolean isReadyInTime() {
        return ready.shortest() <= READY_SECONDS;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "  %-4s  %,d wallets are ready after a clean stop in %.1f s, at most %.0f",
                isReadyInTime() ? "ok" : "FAIL",
                wallets,
                ready.shortest(),
                READY_SECONDS);
    }
}
