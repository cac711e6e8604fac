package io.fanfare.play.redemption;

import static java.util.stream.Collectors.groupingBy;

import io.fanfare.store.redemption.RedemptionKey;
import io.fanfare.store.redemption.RedemptionRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Waits for redemptions to end, whoever ends them and wherever: asks the database, every few milliseconds while somebody waits,
 * one question for all who do.
 */
final class RedemptionWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RedemptionWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
    private static final int MAX_ASKED = 500;

    private final Function<Collection<RedemptionKey>, List<RedemptionRecord>> ended;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    /** One request that waits; each is itself only. */
    private static final class Waiter {
        private final RedemptionKey key;
        private final CompletableFuture<RedemptionRecord> end = new CompletableFuture<>();

        private Waiter(RedemptionKey key) {
            this.key = key;
        }

        private RedemptionKey key() {
            return key;
        }
    }

    /** @param ended tells those of some redemptions that have ended */
    RedemptionWatch(Function<Collection<RedemptionKey>, List<RedemptionRecord>> ended) {
        this.ended = ended;
    }

    /** The redemption when it has ended; empty where it has not in time. */
    Optional<RedemptionRecord> await(RedemptionKey key, Duration patience) {
        var waiter = new Waiter(key);
        waiters.add(waiter);
        LockSupport.unpark(thread);
        try {
            return Optional.of(waiter.end.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            LOG.debug("{} has not ended within {}", key, patience, e);
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails a waiter", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiters.remove(waiter);
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("redemption-watch").daemon().start(this::run);
    }

    /** Who still waits is answered that it is pending. */
    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            if (waiters.isEmpty()) {
                LockSupport.park(this);
            } else {
                look();
            }
        }
    }

    private void look() {
        Map<RedemptionKey, List<Waiter>> asked =
                waiters.stream().limit(MAX_ASKED).collect(groupingBy(Waiter::key));
        try {
            for (RedemptionRecord redemption : ended.apply(asked.keySet())) {
                asked.getOrDefault(redemption.key(), List.of()).forEach(waiter -> {
                    waiters.remove(waiter);
                    waiter.end.complete(redemption);
                });
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } catch (RuntimeException e) {
            // The database may be away for a moment; who waits too long is told that it is pending.
            LOG.warn("nobody knows now which redemptions have ended: {}", e.toString());
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        }
    }
}
