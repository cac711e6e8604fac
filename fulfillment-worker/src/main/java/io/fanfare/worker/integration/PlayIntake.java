package io.fanfare.worker.integration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps a {@link PlaySubscription} going, on a thread of its own, from start to stop. It is the first to stop. */
final class PlayIntake implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PlayIntake.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Supplier<PlaySubscription> subscriptions;
    private final Clock clock;
    private volatile boolean running;
    private volatile @Nullable PlaySubscription subscription;
    private volatile @Nullable Thread thread;
    private volatile Instant lastGoodStep = Instant.MIN;

    /** @param subscriptions opens a new one, with a consumer of its own */
    PlayIntake(Supplier<PlaySubscription> subscriptions, Clock clock) {
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("webhook-fan-out").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        PlaySubscription current = subscription;
        if (current != null) {
            current.wakeup();
        }
        Thread worker = thread;
        if (worker != null) {
            awaitEnd(worker);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Whether the topic could be read, and what was read be processed, lately. */
    boolean isReady() {
        return running && lastGoodStep.isAfter(clock.instant().minus(READY_WITHIN));
    }

    private void run() {
        while (running) {
            try (PlaySubscription current = subscriptions.get()) {
                subscription = current;
                current.open();
                readFrom(current);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("woken up to stop", e);
            } catch (RuntimeException e) {
                // Nothing may end this thread but stopping: it begins again with a new consumer.
                LOG.error("reading plays failed, a new consumer starts in {}", PAUSE_AFTER_FAILURE, e);
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private void readFrom(PlaySubscription current) {
        while (running) {
            try {
                current.step();
                if (current.isProcessing() && current.isInGroup()) {
                    lastGoodStep = clock.instant();
                }
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                LOG.warn("plays cannot be read now: {}", e.getMessage());
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private static void awaitEnd(Thread worker) {
        try {
            if (!worker.join(STOP_TIMEOUT)) {
                LOG.warn("the fan-out did not stop within {}; what it did not commit is read again", STOP_TIMEOUT);
                worker.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
