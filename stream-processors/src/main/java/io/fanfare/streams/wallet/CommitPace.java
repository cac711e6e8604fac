package io.fanfare.streams.wallet;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to commit before the commit interval is over. A command that comes long after another one is committed at once by Kafka Streams
 * itself, since the interval is over by then. Of those that come closer together, as many as come within a few milliseconds
 * share a commit; and where they are many, all of an interval do: what a commit costs does not depend on how much is in it, and at some hundred
 * commands a second commits of a few milliseconds each would take more of a small machine than all the commands.
 *
 * <p>The time that is waited begins with the first command after a commit, not with the commit: while commits take long, which
 * is when many commands wait, each would else be found to be late, and be committed alone.
 *
 * <p>Of one app; its threads share it and need not agree.
 */
final class CommitPace {

    private static final long WINDOW = Duration.ofMillis(10).toNanos();
    /** Commands that are further apart on average are few. */
    private static final long FEW = Duration.ofMillis(4).toNanos();
    /** A pause is not the better the longer it is, or it would take long to notice that it is over. */
    private static final long LONGEST_GAP = Duration.ofMillis(20).toNanos();
    /** So many commands make an average. */
    private static final int AVERAGED = 32;

    private final LongSupplier nanoTime;
    private volatile long first;
    private volatile boolean isOpen;
    private volatile long latest;
    private volatile long averageGap = LONGEST_GAP;

    /** @param nanoTime as {@link System#nanoTime} */
    CommitPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.latest = nanoTime.getAsLong() - LONGEST_GAP;
    }

    /** To be asked after each command: whether to commit it now. */
    boolean isDue() {
        long now = nanoTime.getAsLong();
        long average = averageGap;
        average += (Math.min(LONGEST_GAP, now - latest) - average) / AVERAGED;
        averageGap = average;
        latest = now;
        if (!isOpen) {
            first = now;
        }
        boolean isOver = now - first >= WINDOW;
        isOpen = !isOver;
        return isOver && average >= FEW;
    }
}
