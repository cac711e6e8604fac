package io.fanfare.bench.play;

import io.fanfare.bench.play.Contender.Commit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers that commit plays, each the next one as soon as its last one is on disk. Each is a virtual thread, as every request to
 * play-api is.
 */
final class Crowd {

    static final int CALLERS = 64;

    private Crowd() {}

    /**
     * Returns when all are committed.
     *
     * @return nanoseconds from the first to the last
     * @throws IllegalStateException where one of them was not
     */
    static long commit(List<Commit> plays) throws InterruptedException {
        var next = new AtomicInteger();
        var ready = new CountDownLatch(CALLERS);
        var go = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> underWay = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                underWay.add(callers.submit(() -> {
                    ready.countDown();
                    go.await();
                    return commit(plays, next);
                }));
            }
            ready.await();
            long began = System.nanoTime();
            go.countDown();
            for (Future<Integer> caller : underWay) {
                caller.get();
            }
            return System.nanoTime() - began;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a play was not committed", e.getCause());
        }
    }

    private static int commit(List<Commit> plays, AtomicInteger next) throws SQLException, InterruptedException {
        int done = 0;
        for (int i = next.getAndIncrement(); i < plays.size(); i = next.getAndIncrement()) {
            plays.get(i).run();
            done++;
        }
        return done;
    }
}
