package io.fanfare.play.wallet;

import io.fanfare.store.wallet.GrantWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Works off grants, on a thread of its own: at once where this instance took one, else within seconds, so that what an instance left
 * behind that died is done by another.
 */
final class GrantRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(GrantRunner.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final int BITE = 200;

    private final GrantWork work;
    private final Counter given;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    GrantRunner(GrantWork work, MeterRegistry meters) {
        this.work = work;
        this.given = Counter.builder("wallet.grant.lines")
                .description("Lines of grants that were asked of their wallets")
                .register(meters);
    }

    /** Looks at once. */
    void wake() {
        news.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("wallet-grants").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        Thread worker = thread;
        if (worker != null) {
            awaitEnd(worker);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        try {
            while (running) {
                boolean isMore = some();
                if (!isMore) {
                    news.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    news.drainPermits();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean some() {
        try {
            int lines = work.giveSome(BITE);
            given.increment(lines);
            return lines == BITE;
        } catch (RuntimeException e) {
            // Nothing may end this thread but stopping; what was not done waits in its table.
            LOG.warn("grants cannot be worked off now", e);
            return false;
        }
    }

    private static void awaitEnd(Thread worker) {
        try {
            if (!worker.join(STOP_TIMEOUT)) {
                LOG.warn("grants did not stop within {}", STOP_TIMEOUT);
                worker.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
