package io.fanfare.streams.query;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Who waits on this instance for a piece of state to change. Asking the store again and again instead costs most when there is least to
 * spare: the later a record is applied, the more of those who asked for it still wait. Safe for many threads.
 *
 * <p>Everybody names what they wait for by a key. Should two kinds of state share one, who waits for the one looks once more when the other
 * changes, and waits on.
 */
@Component
public final class StateNews {

    private final ConcurrentHashMap<String, Set<Thread>> waiting = new ConcurrentHashMap<>();

    /** To be called when the new state is stored. */
    public void changed(String key) {
        Set<Thread> threads = waiting.get(key);
        if (threads != null) {
            threads.forEach(LockSupport::unpark);
        }
    }

    /**
     * Looks at a piece of state until it is as it should be, each time that it has changed.
     *
     * @return what was seen last; not as it should be where that took too long or the thread was interrupted
     */
    public <T> T await(String key, Supplier<T> look, Predicate<T> isEnough, Duration patience) {
        T first = look.get();
        if (patience.isZero() || isEnough.test(first)) {
            return first;
        }
        Thread self = Thread.currentThread();
        waiting.compute(key, (_, threads) -> {
            Set<Thread> all = threads == null ? ConcurrentHashMap.newKeySet() : threads;
            all.add(self);
            return all;
        });
        try {
            // What changed before this thread was known here has to be looked for once more.
            return awaitKnown(look, isEnough, System.nanoTime() + patience.toNanos());
        } finally {
            waiting.computeIfPresent(key, (_, threads) -> {
                threads.remove(self);
                return threads.isEmpty() ? null : threads;
            });
        }
    }

    private <T> T awaitKnown(Supplier<T> look, Predicate<T> isEnough, long deadline) {
        T seen = look.get();
        long rest = deadline - System.nanoTime();
        while (!isEnough.test(seen) && rest > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, rest);
            seen = look.get();
            rest = deadline - System.nanoTime();
        }
        return seen;
    }
}
