package io.fanfare.worker.integration;

import io.fanfare.store.integration.DeliveryBacklog;
import io.fanfare.store.integration.DeliveryBacklog.DueEndpoint;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.IntegrationId;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.LeasedDelivery;
import io.fanfare.store.integration.WebhookDeliveries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gives endpoints what they are due: at once when it is woken, and otherwise at every sweep, which also finds retries and
 * what a process that died left behind. It takes no more than it can send right away, endpoint by endpoint, so that the
 * backlog of one does not stand in the way of others. Stops after the intake, and lets what is under way finish.
 */
final class DeliveryLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RENEW_AFTER = WebhookDeliveries.LEASE.dividedBy(3);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(15);
    /** Rounds begin at least this far apart: one asks the database the same whether it takes one delivery or many. */
    private static final Duration PACE = Duration.ofMillis(20);

    private final Integrations integrations;
    private final DeliveryBacklog backlog;
    private final WebhookDeliveries deliveries;
    private final Delivering delivering;
    private final EndpointGates gates;
    private final DeliveryMetrics metrics;
    private final Duration sweep;
    private final Clock clock;
    private final Semaphore alarm = new Semaphore(0);
    private final Map<LeasedDelivery, Instant> underWay = new ConcurrentHashMap<>();
    private Instant countedAt = Instant.MIN;
    private volatile boolean running;
    private volatile @Nullable Thread thread;
    private volatile @Nullable ExecutorService attempts;

    DeliveryLoop(
            Integrations integrations,
            DeliveryBacklog backlog,
            WebhookDeliveries deliveries,
            Delivering delivering,
            EndpointGates gates,
            DeliveryMetrics metrics,
            Duration sweep,
            Clock clock) {
        this.integrations = integrations;
        this.backlog = backlog;
        this.deliveries = deliveries;
        this.delivering = delivering;
        this.gates = gates;
        this.metrics = metrics;
        this.sweep = sweep;
        this.clock = clock;
    }

    /** Something may be due; from any thread. */
    void wake() {
        alarm.release();
    }

    @Override
    public void start() {
        running = true;
        ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("webhook-attempt-", 0).factory());
        attempts = executor;
        thread = Thread.ofPlatform().name("webhook-deliveries").start(() -> run(executor));
    }

    @Override
    public void stop() {
        running = false;
        alarm.release();
        Thread worker = thread;
        ExecutorService executor = attempts;
        if (worker != null && executor != null) {
            try {
                awaitEnd(worker, executor);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the intake, which has the highest phase: what it still writes down, the next process delivers. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    private void run(ExecutorService executor) {
        while (running) {
            long began = System.nanoTime();
            boolean mayBeMore = false;
            try {
                mayBeMore = round(executor);
            } catch (RuntimeException e) {
                // The database, most likely. What is due stays due.
                LOG.warn("deliveries cannot be taken now", e);
            }
            if (!mayBeMore) {
                awaitAlarm();
            }
            LockSupport.parkNanos(began + PACE.toNanos() - System.nanoTime());
        }
    }

    /** Whether something was taken, so that there may be more. */
    private boolean round(ExecutorService executor) {
        Instant now = clock.instant();
        renewLeases(now);
        count(now);
        boolean took = false;
        for (DueEndpoint due : backlog.dueEndpoints(gates.shut())) {
            took |= running && take(due, executor);
        }
        return took;
    }

    private boolean take(DueEndpoint due, ExecutorService executor) {
        Optional<Integration> integration = integrations.find(due.tenant(), due.integration());
        int places = integration.isEmpty() ? 0 : gates.enter(due.integration());
        if (integration.isEmpty() || places == 0) {
            return false;
        }
        List<LeasedDelivery> leased = lease(due, places);
        for (LeasedDelivery delivery : leased) {
            underWay.put(delivery, clock.instant());
            executor.execute(() -> attempt(integration.get(), delivery));
        }
        return !leased.isEmpty();
    }

    private List<LeasedDelivery> lease(DueEndpoint due, int places) {
        int leased = 0;
        try {
            List<LeasedDelivery> all = deliveries.lease(due.tenant(), due.integration(), places);
            leased = all.size();
            return all;
        } finally {
            gates.unused(due.integration(), places - leased);
        }
    }

    private void attempt(Integration integration, LeasedDelivery delivery) {
        IntegrationId endpoint = integration.id();
        boolean lives = true;
        try {
            lives = delivering.attempt(integration, delivery);
        } catch (InterruptedException _) {
            LOG.info("attempt {} of {} was cut short, another follows", delivery.attempt(), delivery.eventId());
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("attempt {} of {} ended without a record", delivery.attempt(), delivery.eventId(), e);
        } finally {
            underWay.remove(delivery);
            gates.leave(endpoint, lives);
            wake();
        }
    }

    private void renewLeases(Instant now) {
        List<LeasedDelivery> old = underWay.entrySet().stream()
                .filter(held -> held.getValue().plus(RENEW_AFTER).isBefore(now))
                .map(Map.Entry::getKey)
                .toList();
        deliveries.renew(old);
        old.forEach(delivery -> underWay.computeIfPresent(delivery, (_, _) -> now));
    }

    private void count(Instant now) {
        if (countedAt.plus(COUNT_EVERY).isBefore(now)) {
            metrics.unfinished(backlog.unfinished());
            countedAt = now;
        }
    }

    private void awaitAlarm() {
        try {
            boolean woken = alarm.tryAcquire(sweep.toMillis(), TimeUnit.MILLISECONDS);
            if (woken) {
                alarm.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private static void awaitEnd(Thread worker, ExecutorService executor) throws InterruptedException {
        boolean ended = worker.join(STOP_TIMEOUT);
        executor.shutdown();
        if (!ended || !executor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("some attempts did not end within {}; they are made again when their leases end", STOP_TIMEOUT);
            executor.shutdownNow();
        }
    }
}
