package io.fanfare.bench.play;

import io.fanfare.bench.compare.Series;
import java.util.Locale;

/**
 * What the API reaches with the hot prize over HTTP, where each play is a start and a play.
 *
 * @param perSecond plays, as many as it could take, by round
 * @param rate at which the latency was measured, plays per second
 * @param p99 of a play, from when it was to be sent, in milliseconds; of the round in which it was the lowest
 * @param apiCpu seconds per 1,000 plays of the API's process
 * @param generatorCpu of the process that sends the requests
 */
record HttpFigures(
        Series perSecond, double rate, double p50, double p99, Wrongs wrong, double apiCpu, double generatorCpu) {

    static final double P99_MILLIS = 100;

    boolean passed() {
        return wrong.isNone() && p99 <= P99_MILLIS;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "  over HTTP: %s plays/s; CPU s per 1,000 plays: play-api %.2f, generator %.2f%n"
                        + "  %-4s  at %.0f plays/s: p50 %.1f ms, p99 %.1f ms, at most %.0f; %s",
                perSecond.text(),
                apiCpu,
                generatorCpu,
                passed() ? "ok" : "FAIL",
                rate,
                p50,
                p99,
                P99_MILLIS,
                wrong.text());
    }
}
