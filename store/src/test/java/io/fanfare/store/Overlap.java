package io.fanfare.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two things that happen at the same time, in the order that a test wants. */
public final class Overlap {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Overlap() {}

    /**
     * Makes a change in a transaction that ends only when something else, begun after the change, is done or waits for a lock.
     *
     * @return what came of the other thing
     */
    public static <T> T beforeCommit(Database database, Runnable change, Callable<T> other)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<T> begun = database.inTransaction(() -> {
                change.run();
                Future<T> running = threads.submit(other);
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (!running.isDone() && !somebodyWaits(database)) {
                    if (System.nanoTime() > end) {
                        throw new AssertionError("it neither ended nor waited for a lock");
                    }
                    Thread.onSpinWait();
                }
                return running;
            });
            return requireNonNull(begun.get(), "it came to nothing");
        }
    }

    private static boolean somebodyWaits(Database database) {
        return switch (database.dialect()) {
            case POSTGRESQL ->
                database.jdbc()
                                .sql("select count(*) from pg_locks where not granted")
                                .query(Long.class)
                                .single()
                        > 0;
            case MARIADB ->
                database.jdbc()
                                .sql("show global status like 'Innodb_row_lock_current_waits'")
                                .query((row, _) -> row.getLong(2))
                                .single()
                        > 0;
        };
    }
}
