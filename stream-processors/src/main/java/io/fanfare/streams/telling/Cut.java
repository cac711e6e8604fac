package io.fanfare.streams.telling;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A generation that replays beside the live one. It never passes the live one: a record that the other has not committed yet waits.
 * When the other has stopped, the cut is where that was; from there on this one tells.
 */
public final class Cut implements Telling {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String source;
    private final Runnable begin;
    private final Supplier<Map<Integer, Long>> committed;
    private volatile Map<Integer, Long> limits = Map.of();
    private volatile @Nullable List<Long> cut;

    /**
     * A cut that is still open.
     *
     * @param source topic
     * @param begin fails where the generation was replaced
     * @param committed how far the live generation has come, by partition
     */
    public Cut(String source, Runnable begin, Supplier<Map<Integer, Long>> committed) {
        this.source = source;
        this.begin = begin;
        this.committed = committed;
    }

    /**
     * From these offsets on it tells.
     *
     * @param offsets by partition; where there is none, from the first record on
     */
    public void at(List<Long> offsets) {
        cut = List.copyOf(offsets);
    }

    @Override
    public void begin() {
        begin.run();
    }

    @Override
    public boolean isLive() {
        return cut != null;
    }

    @Override
    public boolean of(String topic, int partition, long offset) {
        if (!topic.equals(source)) {
            return isLive();
        }
        long deadline = 0;
        while (true) {
            List<Long> known = cut;
            if (known != null) {
                return partition >= known.size() || offset >= known.get(partition);
            }
            if (offset < limits.getOrDefault(partition, 0L)) {
                return false;
            }
            limits = committed.get();
            if (offset < limits.getOrDefault(partition, 0L)) {
                return false;
            }
            long now = System.nanoTime();
            deadline = deadline == 0 ? now + PATIENCE.toNanos() : deadline;
            if (now > deadline) {
                throw new IllegalStateException(
                        "the live generation has not come past %s-%d@%d".formatted(source, partition, offset));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted at %s-%d@%d".formatted(source, partition, offset));
            }
        }
    }
}
