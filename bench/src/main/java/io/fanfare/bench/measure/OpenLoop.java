package io.fanfare.bench.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes turns at a rate, each at its own time, whether or not those before it have come to their end. A turn that could not be taken
 * in time counts from when it should have been: what a slow answer holds up is part of the figures.
 */
public final class OpenLoop {

    private static final Duration AHEAD = Duration.ofMillis(1500);
    private static final int WARM_UP_STEPS = 4;
    /** So many open turns are no load any more but a heap. */
    private static final int MOST_OPEN = 5000;

    private final Turn turn;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicReference<String> firstWrong = new AtomicReference<>("");

    /** What is done in its time. For many threads at once. */
    public interface Turn {

        /**
         * Called a while before it is due, so that it can get ready; it waits by itself.
         *
         * @return what was not as it should be; empty where all was well
         */
        Optional<String> take(Due due) throws IOException, InterruptedException;
    }

    /**
     * When a turn is to be taken.
     *
     * @param place in its run, from 0
     * @param rate of its run, per second
     * @param nanos of {@link System#nanoTime}
     * @param isMeasured false in a warm-up
     */
    public record Due(long place, int rate, long nanos, boolean isMeasured) {

        /** Returns when it is time, at once where it is late. */
        public void await() {
            for (long rest = nanos - System.nanoTime(); rest > 0; rest = nanos - System.nanoTime()) {
                LockSupport.parkNanos(rest);
            }
        }
    }

    public OpenLoop(Turn turn) {
        this.turn = turn;
    }

    /** Turns that ended otherwise than they should have, those of the warm-up among them. */
    public long wrong() {
        return wrong.get();
    }

    /** The first complaint; empty where there is none. */
    public String firstWrong() {
        return firstWrong.get();
    }

    /**
     * Gets everything going, in steps up to the rate: compilers have the same cores as everybody else. Nothing of it is
     * measured.
     */
    public void warmUp(int rate, Duration length) {
        for (int step = 1; step <= WARM_UP_STEPS; step++) {
            keepUp(Math.max(1, rate * step / WARM_UP_STEPS), length.dividedBy(WARM_UP_STEPS));
        }
    }

    /** At this rate from the first turn on. Nothing of it is measured. */
    public void keepUp(int rate, Duration length) {
        run(rate, length, false);
    }

    /** Measures. */
    public void run(int rate, Duration length) {
        run(rate, length, true);
    }

    /** Returns when every turn has come to its end. */
    private void run(int rate, Duration length, boolean isMeasured) {
        long turns = length.toMillis() * rate / 1000;
        long from = System.nanoTime() + AHEAD.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < turns; i++) {
                var due = new Due(i, rate, from + i * 1_000_000_000L / rate, isMeasured);
                LockSupport.parkNanos(due.nanos() - AHEAD.toNanos() - System.nanoTime());
                if (open.get() >= MOST_OPEN) {
                    fault("%d are without an answer: the platform does not keep up with %d/s"
                            .formatted(open.get(), rate));
                    return;
                }
                open.incrementAndGet();
                threads.execute(() -> take(due));
            }
        }
    }

    private void take(Due due) {
        try {
            turn.take(due).ifPresent(this::fault);
        } catch (IOException e) {
            fault(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    private void fault(String complaint) {
        wrong.incrementAndGet();
        firstWrong.compareAndSet("", complaint);
    }
}
