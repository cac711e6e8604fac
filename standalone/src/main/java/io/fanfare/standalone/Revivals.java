package io.fanfare.standalone;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Keeps count of how often parts had to be brought back: one that ends again and again is not helped by starting it. */
final class Revivals {

    static final int MOST = 4;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Map<Part, Deque<Long>> times = new HashMap<>();

    Revivals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @throws CannotStart where this is once too often */
    void recordOf(Part part) {
        long now = nanoTime.getAsLong();
        Deque<Long> recent = times.computeIfAbsent(part, _ -> new ArrayDeque<>());
        recent.removeIf(time -> now - time > WITHIN.toNanos());
        if (recent.size() == MOST) {
            throw new CannotStart(
                    "%s has ended %d times within %d s".formatted(part.name(), MOST + 1, WITHIN.toSeconds()));
        }
        recent.addLast(now);
    }
}
