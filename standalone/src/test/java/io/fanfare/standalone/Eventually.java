package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Looks again and again until it sees what is wanted, and fails with what it saw last. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    static <T> T eventually(Callable<T> look, Predicate<T> wanted) throws Exception {
        return eventually(PATIENCE, look, wanted);
    }

    static <T> T eventually(Duration patience, Callable<T> look, Predicate<T> wanted) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        T seen = look.call();
        while (!wanted.test(seen)) {
            assertThat(System.nanoTime()).as("still %s", seen).isLessThan(deadline);
            LockSupport.parkNanos(PAUSE.toNanos());
            seen = look.call();
        }
        return seen;
    }
}
