package io.fanfare.play.outcome;

import static java.util.stream.Collectors.groupingBy;

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
 * Waits for things to end, whoever ends them and wherever: asks the database, every few milliseconds while somebody waits, one question
 * for all who do.
 */
public final class Watch<K, V> implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
    private static final int MAX_ASKED = 500;

    private final String name;
    private final Function<Collection<K>, Map<K, V>> ended;
    private final Set<Waiter<K, V>> waiters = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    /** One request that waits; each is itself only. */
    private static final class Waiter<K, V> {
        private final K key;
        private final CompletableFuture<V> end = new CompletableFuture<>();

        private Waiter(K key) {
            this.key = key;
        }

        private K key() {
            return key;
        }
    }

    /**
     * @param name of its thread
     * @param ended tells those of some that have ended
     */
    public Watch(String name, Function<Collection<K>, Map<K, V>> ended) {
        this.name = name;
        this.ended = ended;
    }

    /** What came of it; empty where it has not ended in time. */
    public Optional<V> await(K key, Duration patience) {
        var waiter = new Waiter<K, V>(key);
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

    /** How many requests wait now. */
    public int waiting() {
        return waiters.size();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
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
        Map<K, List<Waiter<K, V>>> asked = waiters.stream().limit(MAX_ASKED).collect(groupingBy(Waiter::key));
        try {
            ended.apply(asked.keySet())
                    .forEach((key, value) -> asked.getOrDefault(key, List.of()).forEach(waiter -> {
                        waiters.remove(waiter);
                        waiter.end.complete(value);
                    }));
            LockSupport.parkNanos(PAUSE.toNanos());
        } catch (RuntimeException e) {
            // The database may be away for a moment; who waits too long is told that it is pending.
            LOG.warn("{}: nobody knows now what has ended: {}", name, e.toString());
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        }
    }
}
