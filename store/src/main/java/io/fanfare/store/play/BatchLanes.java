package io.fanfare.store.play;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Work that arrives on many threads one by one and is done in batches, in a few lanes at a time. The pieces of one owner are done in
 * the order of their arrival: while one of them is under way in a lane, no other lane takes another. All lanes take from the same
 * line, so that none has too little while another has too much.
 *
 * <p>A lane does what is there until nothing is left, and what arrives meanwhile is the next batch. A batch that follows close upon
 * another one of its lane waits a moment for company, since a batch costs nearly the same whatever its size; at most one lane waits
 * like that. So a lone piece of work is done at once, and a crowd shares.
 *
 * <p>Its threads are platform threads: a virtual one would stand in line behind all those who wait for its batch, each time the database
 * has answered it, and the longer the line, the longer its batch would take.
 *
 * @param <T> a piece of work
 * @param <K> whose it is
 * @param <R> what comes of it
 */
final class BatchLanes<T, K, R> {

    private final String what;
    private final GroupCommitSettings settings;
    private final Executor platformThreads;
    private final Function<T, K> owner;
    private final Function<List<T>, List<R>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition crowd = lock.newCondition();
    private final Deque<Turn<T, R>> waiting = new ArrayDeque<>();
    /** Whose pieces are under way. */
    private final Set<K> underWay = new HashSet<>();
    /** First the one that has rested longest. */
    private final Deque<Lane> resting = new ArrayDeque<>();
    /** A lane is about to take what waits. */
    private boolean isTaking;

    /** A piece of work, and what whoever brought it waits for. */
    private record Turn<T, R>(T piece, CompletableFuture<News<R>> news) {}

    private sealed interface News<R> {

        record Done<R>(R result) implements News<R> {}

        record Broken<R>(RuntimeException why) implements News<R> {}
    }

    private static final class Lane {

        private long lastBegan;

        Lane(long lastBegan) {
            this.lastBegan = lastBegan;
        }
    }

    /**
     * @param platformThreads has one for each lane whenever there is work
     * @param work gives one result per piece, in the same order
     */
    BatchLanes(
            String what,
            GroupCommitSettings settings,
            Executor platformThreads,
            Function<T, K> owner,
            Function<List<T>, List<R>> work) {
        this.what = what;
        this.settings = settings;
        this.platformThreads = platformThreads;
        this.owner = owner;
        this.work = work;
        long longAgo = System.nanoTime() - settings.gatherFor().toNanos();
        for (int lane = 0; lane < settings.lanes(); lane++) {
            resting.add(new Lane(longAgo));
        }
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
            if (!isTaking) {
                wakeLane();
            } else if (waiting.size() == settings.gatherUpTo()) {
                crowd.signal();
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

    /** With the lock, and something that waits. */
    private void wakeLane() {
        Lane lane = resting.poll();
        if (lane != null) {
            isTaking = true;
            platformThreads.execute(() -> doWhatIsThere(lane));
        }
    }

    private void doWhatIsThere(Lane lane) {
        for (List<Turn<T, R>> batch = taken(lane); !batch.isEmpty(); batch = takenAfter(batch, lane)) {
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

    /** Empty where the lane rests from now on. */
    private List<Turn<T, R>> takenAfter(List<Turn<T, R>> done, Lane lane) {
        lock.lock();
        try {
            done.forEach(turn -> underWay.remove(owner.apply(turn.piece())));
            if (isTaking || waiting.isEmpty()) {
                resting.add(lane);
                return List.of();
            }
            isTaking = true;
            return taken(lane);
        } finally {
            lock.unlock();
        }
    }

    /** Empty where the lane rests from now on: all that waits is for others to take, when they have done what they are at. */
    private List<Turn<T, R>> taken(Lane lane) {
        lock.lock();
        try {
            gather(lane);
            List<Turn<T, R>> batch = takeFree();
            isTaking = false;
            if (batch.isEmpty()) {
                resting.add(lane);
                return batch;
            }
            lane.lastBegan = System.nanoTime();
            batch.forEach(turn -> underWay.add(owner.apply(turn.piece())));
            if (waiting.stream().anyMatch(this::isFree)) {
                wakeLane();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private List<Turn<T, R>> takeFree() {
        var batch = new ArrayList<Turn<T, R>>();
        for (Iterator<Turn<T, R>> line = waiting.iterator(); line.hasNext() && batch.size() < settings.maxBatch(); ) {
            Turn<T, R> turn = line.next();
            if (isFree(turn)) {
                batch.add(turn);
                line.remove();
            }
        }
        return batch;
    }

    private boolean isFree(Turn<T, R> turn) {
        return !underWay.contains(owner.apply(turn.piece()));
    }

    /** Waits for company, where the lane's last batch has just begun. Nobody interrupts its thread; if one did, it would not wait. */
    private void gather(Lane lane) {
        long left = lane.lastBegan + settings.gatherFor().toNanos() - System.nanoTime();
        try {
            while (left > 0 && waiting.size() < settings.gatherUpTo()) {
                left = crowd.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
