package io.fanfare.streams.wallet;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to commit before the commit interval is over. While there is little to do every command is committed at once, but for those that
 * come right behind another one. Under load they wait for the interval, so that many share a transaction: what a commit costs does
 * not depend on how much is in it.
 *
 * <p>Of one app; its threads share it and need not agree.
 */
final class CommitPace {

    private static final long WINDOW = Duration.ofMillis(10).toNanos();
    /** So many commands in a window are little to do. */
    private static final int LIGHT = 50;

    private final LongSupplier nanoTime;
    private volatile long begin;
    private volatile int commands;

    /** @param nanoTime as {@link System#nanoTime} */
    CommitPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong() - WINDOW;
    }

    /** To be asked after each command: whether to commit it now. */
    boolean isDue() {
        long now = nanoTime.getAsLong();
        int done = commands + 1;
        if (now - begin < WINDOW) {
            commands = done;
            return false;
        }
        begin = now;
        commands = 0;
        return done <= LIGHT;
    }
}
