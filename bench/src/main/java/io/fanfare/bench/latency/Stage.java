package io.fanfare.bench.latency;

import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Timings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * From the answer to a play until the same play is seen somewhere else. The two may be told in either order: what is seen before
 * its answer has arrived took no time. For all threads.
 */
final class Stage {

    private final String name;
    private final Timings timings = new Timings();
    private final ConcurrentMap<String, Moment> waiting = new ConcurrentHashMap<>();

    /** @param isMeasured of a play that counts; always true where it is the sight */
    private record Moment(boolean isAnswer, long nanos, boolean isMeasured) {}

    Stage(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** @param isMeasured false for a play of the warm-up, which is only ticked off */
    void answered(String play, long nanos, boolean isMeasured) {
        meet(play, new Moment(true, nanos, isMeasured));
    }

    void seen(String play, long nanos) {
        meet(play, new Moment(false, nanos, true));
    }

    void took(long nanos) {
        timings.took(nanos);
    }

    /** Plays that were answered, and have not been seen yet. */
    long unseen() {
        return waiting.values().stream()
                .filter(moment -> moment.isAnswer() && moment.isMeasured())
                .count();
    }

    Figures figures() {
        return timings.figures(name);
    }

    private void meet(String play, Moment moment) {
        waiting.compute(play, (_, other) -> met(moment, other));
    }

    /** What is left to wait for. */
    private @Nullable Moment met(Moment moment, @Nullable Moment other) {
        if (other == null) {
            return moment;
        }
        if (other.isAnswer() == moment.isAnswer()) {
            // The same again, as a topic may have it.
            return other;
        }
        if (moment.isMeasured() && other.isMeasured()) {
            took(moment.isAnswer() ? other.nanos() - moment.nanos() : moment.nanos() - other.nanos());
        }
        return null;
    }
}
