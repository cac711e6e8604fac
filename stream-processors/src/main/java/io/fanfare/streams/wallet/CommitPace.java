package io.fanfare.streams.wallet;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to commit before the commit interval is over. A command that comes long after another one is committed at once by Kafka Streams
 * itself, since the interval is over by then. Of those that come closer together, as many as come within a few milliseconds
 * share a commit; and where they are many, all of an interval do: what a commit costs does not depend on how much is in it.
 *
 * <p>The time that is waited begins with the first command after a commit, not with the commit: while commits take long, which
 * is when many commands wait, each would else be found to be late, and be committed alone.
 *
 * <p>Of one app; its threads share it and need not agree.
 */
final class CommitPace {

    private static final long WINDOW = Duration.ofMillis(10).toNanos();
    /** So many commands in a window are little to do. */
    private static final int LIGHT = 50;

    private final LongSupplier nanoTime;
    private volatile long first;
    private volatile int commands;

    /** @param nanoTime as {@link System#nanoTime} */
    CommitPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** To be asked after each command: whether to commit it now. */
    boolean isDue() {
        long now = nanoTime.getAsLong();
        int done = commands + 1;
        if (done == 1) {
            first = now;
        }
        boolean isOver = now - first >= WINDOW;
        commands = isOver ? 0 : done;
        return isOver && done <= LIGHT;
    }
}
