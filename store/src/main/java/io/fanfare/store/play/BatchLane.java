package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Work that arrives on many threads one by one and is done in batches, one batch at a time, in the order of arrival. A thread of
 * its own does what is there until nothing is left, and what arrives meanwhile is the next batch. A batch that follows close upon
 * another one waits a moment for company, since a batch costs nearly the same whatever its size. So a lone piece of work is done
 * at once, and a crowd shares.
 *
 * <p>Its thread is a platform thread: a virtual one would stand in line behind all those who wait for its batch, each time the database
 * has answered it, and the longer the line, the longer its batch would take.
 *
 * @param <T> a piece of work
 * @param <R> what comes of it
 */
final class BatchLane<T, R> {

    private final String what;
    private final GroupCommitSettings settings;
    private final Executor platformThreads;
    private final Function<List<T>, List<R>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Turn<T, R>> waiting = new ArrayDeque<>();
    private final Condition crowd = lock.newCondition();
    private boolean isBusy;
    private long lastBegan;

    /** A piece of work, and what whoever brought it waits for. */
    private record Turn<T, R>(T piece, CompletableFuture<News<R>> news) {}

    private sealed interface News<R> {

        record Done<R>(R result) implements News<R> {}

        record Broken<R>(RuntimeException why) implements News<R> {}
    }

    /**
     * @param platformThreads has one for the lane whenever there is work
     * @param work gives one result per piece, in the same order
     */
    BatchLane(String what, GroupCommitSettings settings, Executor platformThreads, Function<List<T>, List<R>> work) {
        this.what = what;
        this.settings = settings;
        this.platformThreads = platformThreads;
        this.work = work;
        this.lastBegan = System.nanoTime() - settings.gatherFor().toNanos();
    }

    /**
     * Returns when the piece is done.
     *
     * @throws LedgerBusy where too much waits already, or its turn does not come in time: it was not and will not be done
     * @throws RuntimeException what the work of its batch threw
     */
    R submit(T piece) {
        Turn<T, R> mine = enter(piece);
        return switch (news(mine)) {
            case News.Done(R result) -> result;
            case News.Broken(RuntimeException why) -> throw why;
        };
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private Turn<T, R> enter(T piece) {
        lock.lock();
        try {
            if (waiting.size() >= settings.maxWaiting()) {
                throw new LedgerBusy("%d %s are waiting already".formatted(waiting.size(), what));
            }
            var turn = new Turn<T, R>(piece, new CompletableFuture<>());
            waiting.add(turn);
            if (waiting.size() == settings.gatherUpTo()) {
                crowd.signal();
            }
            if (!isBusy) {
                isBusy = true;
                platformThreads.execute(this::doWhatIsThere);
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private News<R> news(Turn<T, R> mine) {
        try {
            return mine.news().get(settings.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            withdraw(mine, "its turn has not come within %s".formatted(settings.patience()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            withdraw(mine, "interrupted");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        // Its batch is under way: what becomes of it will be known, and must be.
        return mine.news().join();
    }

    private void withdraw(Turn<T, R> mine, String why) {
        lock.lock();
        try {
            if (waiting.remove(mine)) {
                throw new LedgerBusy("one of the %s was given up: %s".formatted(what, why));
            }
        } finally {
            lock.unlock();
        }
    }

    private void doWhatIsThere() {
        for (List<Turn<T, R>> batch = next(); !batch.isEmpty(); batch = next()) {
            carryOut(batch);
        }
    }

    private void carryOut(List<Turn<T, R>> batch) {
        try {
            List<R> results = work.apply(batch.stream().map(Turn::piece).toList());
            if (results.size() != batch.size()) {
                throw new IllegalStateException("%d results for %d %s".formatted(results.size(), batch.size(), what));
            }
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).news().complete(new News.Done<>(results.get(i)));
            }
        } catch (RuntimeException why) {
            batch.forEach(turn -> turn.news().complete(new News.Broken<>(why)));
        } catch (Error why) {
            // Each of those who wait throws it; the lane goes on for the others.
            var broken = new IllegalStateException("the batch of %s broke".formatted(what), why);
            batch.forEach(turn -> turn.news().complete(new News.Broken<>(broken)));
        }
    }

    /** Empty where nothing is left: then the lane's thread has gone. */
    private List<Turn<T, R>> next() {
        lock.lock();
        try {
            if (!waiting.isEmpty()) {
                gather();
                lastBegan = System.nanoTime();
            }
            var batch = new ArrayList<Turn<T, R>>();
            while (!waiting.isEmpty() && batch.size() < settings.maxBatch()) {
                batch.add(requireNonNull(waiting.poll()));
            }
            isBusy = !batch.isEmpty();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for company, where the last batch has just begun. Nobody interrupts the lane's thread; if one did, it would not wait. */
    private void gather() {
        long left = lastBegan + settings.gatherFor().toNanos() - System.nanoTime();
        try {
            while (left > 0 && waiting.size() < settings.gatherUpTo()) {
                left = crowd.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
