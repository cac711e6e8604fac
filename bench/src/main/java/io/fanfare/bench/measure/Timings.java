package io.fanfare.bench.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long each of many took. For all threads. */
public final class Timings {

    /** Two hours: longer than any run. */
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(2);

    private static final int DIGITS = 3;

    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    /** What ended before it began took no time. */
    public void took(long nanos) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
    }

    /** @param stage what they are the times of */
    public Figures figures(String stage) {
        return Figures.of(stage, micros);
    }
}
