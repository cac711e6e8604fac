package io.fanfare.streams.wallet;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to commit before the commit interval is over. A command that comes long after another one is committed at once: nobody else is
 * about to come. Of those that come closer together, as many as come within a few milliseconds share a commit. What a commit
 * costs does not depend on how much is in it: at some hundred commands a second commits of a few milliseconds each would take
 * more of a small machine than all the commands, so those of a tenth of a second share one; and in a flood all of an
 * interval do.
 *
 * <p>The time that is waited begins with the first command after a commit, not with the commit: while commits take long, which
 * is when many commands wait, each would else be found to be late, and be committed alone.
 *
 * <p>Of one app; its threads share it and need not agree.
 */
final class CommitPace {

    /** A command that comes so long after the one before it is alone. */
    private static final long ALONE = Duration.ofMillis(50).toNanos();

    private static final long WINDOW_OF_FEW = Duration.ofMillis(10).toNanos();
    private static final long WINDOW_OF_MANY = Duration.ofMillis(100).toNanos();
    /** Commands that are further apart on average are few. */
    private static final long FEW = Duration.ofMillis(4).toNanos();
    /** Commands that are closer together on average are a flood. */
    private static final long FLOOD = Duration.ofNanos(200_000).toNanos();
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
        boolean isAlone = !isOpen && now - latest >= ALONE;
        latest = now;
        if (isAlone) {
            return true;
        }
        if (!isOpen) {
            first = now;
        }
        boolean isOver = average >= FLOOD && now - first >= (average >= FEW ? WINDOW_OF_FEW : WINDOW_OF_MANY);
        isOpen = !isOver;
        return isOver;
    }
}
