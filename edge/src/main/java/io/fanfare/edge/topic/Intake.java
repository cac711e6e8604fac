package io.fanfare.edge.topic;

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

/** Keeps a {@link Subscription} going, on a thread of its own, from start to stop. It is the first to stop. */
public final class Intake implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final String name;
    private final Supplier<Subscription<?>> subscriptions;
    private final Clock clock;
    private volatile boolean running;
    private volatile @Nullable Subscription<?> subscription;
    private volatile @Nullable Thread thread;
    private volatile Instant lastGoodStep = Instant.MIN;

    /**
     * @param name of its thread
     * @param subscriptions opens a new one, with a consumer of its own
     */
    public Intake(String name, Supplier<Subscription<?>> subscriptions, Clock clock) {
        this.name = name;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        Subscription<?> current = subscription;
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
    public boolean isReady() {
        return running && lastGoodStep.isAfter(clock.instant().minus(READY_WITHIN));
    }

    private void run() {
        while (running) {
            try (Subscription<?> current = subscriptions.get()) {
                subscription = current;
                current.open();
                readFrom(current);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("woken up to stop", e);
            } catch (RuntimeException e) {
                // Nothing may end this thread but stopping: it begins again with a new consumer.
                LOG.error("{} failed, a new consumer starts in {}", name, PAUSE_AFTER_FAILURE, e);
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private void readFrom(Subscription<?> current) {
        while (running) {
            try {
                current.step();
                if (current.isProcessing() && current.isInGroup()) {
                    lastGoodStep = clock.instant();
                }
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                LOG.warn("{} cannot read now: {}", name, e.getMessage());
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private static void awaitEnd(Thread worker) {
        try {
            if (!worker.join(STOP_TIMEOUT)) {
                LOG.warn(
                        "{} did not stop within {}; what it did not commit is read again",
                        worker.getName(),
                        STOP_TIMEOUT);
                worker.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
