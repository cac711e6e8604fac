package io.fanfare.bench.crash;

import io.fanfare.bench.crash.Kill.When;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What came after a kill.
 *
 * @param launches how often the platform had to be launched from outside
 * @param times empty where the next kill came before it could recover
 */
record Recovery(Found found, int launches, Optional<Times> times) {

    /**
     * The kill as it was.
     *
     * @param processes how many died
     * @param inFlight requests of players that were waiting for an answer
     */
    record Found(Kill kill, Instant at, int processes, int inFlight) {}

    /**
     * All since the kill.
     *
     * @param play until a play that was asked for after the kill was acknowledged
     * @param credit until the first such credit was visible in its wallet
     * @param well until every part said that it was well
     */
    record Times(Duration play, Duration credit, Duration well) {}

    static Recovery cutShort(Found found) {
        return new Recovery(found, 0, Optional.empty());
    }

    String line(int number, int of) {
        Kill kill = found.kill();
        String moment = kill.when() == When.UNDER_LOAD
                ? "%d requests in flight".formatted(found.inFlight())
                : "%.1f s into its start".formatted(seconds(kill.after()));
        return String.format(
                Locale.ROOT,
                "  kill %d/%d  %-12s %2d processes, %s, at %s: %s",
                number,
                of,
                kill.victim(),
                found.processes(),
                moment,
                found.at().truncatedTo(ChronoUnit.MILLIS),
                times.map(this::told).orElse("launched, and killed again before it was up"));
    }

    private String told(Times took) {
        return String.format(
                Locale.ROOT,
                "first play after %.1f s, credit visible after %.1f s, all well after %.1f s%s",
                seconds(took.play()),
                seconds(took.credit()),
                seconds(took.well()),
                launches == 0 ? ", by itself" : "");
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
