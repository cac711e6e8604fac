package io.fanfare.bench.load;

import io.fanfare.bench.load.Outcome.Acknowledged;
import io.fanfare.bench.load.Outcome.OutOfTurns;
import io.fanfare.bench.load.Outcome.Wrong;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Steady load: some seats, and a queue of players without end. Whoever sits down plays until the rules send them away, then the
 * next one comes. Now and then somebody asks for an earlier play once more.
 */
public final class Crowd {

    private static final Duration PAUSE = Duration.ofMillis(60);
    private static final int REPEATS_EVERY = 20;
    private static final int MAX_COMPLAINTS = 20;

    private final Gaming gaming;
    private final int seats;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> seated = new CopyOnWriteArrayList<>();
    private final List<Expectation> expectations = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicLong newcomers = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean leaving;

    private record Expectation(Predicate<Acknowledged> what, CompletableFuture<Acknowledged> met) {

        boolean isMetBy(Acknowledged play) {
            return what.test(play) && met.complete(play);
        }
    }

    public Crowd(Gaming gaming, int seats) {
        if (seats < 1) {
            throw new IllegalArgumentException(seats + " seats, expected at least one");
        }
        this.gaming = gaming;
        this.seats = seats;
    }

    public void enter() {
        for (int i = 0; i < seats; i++) {
            seated.add(threads.submit(() -> {
                sit();
                return null;
            }));
        }
    }

    /** Returns when everybody has had the answer to what they asked last. */
    public void leave() throws IOException, InterruptedException {
        leaving = true;
        for (Future<?> one : seated) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IOException("a player gave up: " + e.getCause(), e);
            }
        }
        threads.close();
    }

    /** Plays that were acknowledged so far, repeated ones not counted. */
    public long acknowledged() {
        return acknowledged.get();
    }

    public int inFlight() {
        return gaming.inFlight();
    }

    /** What should not have been answered; the first few. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Whether a player's patience has ended: there are fewer than there should be. */
    public boolean isLosingPlayers() {
        return !leaving && seated.stream().anyMatch(Future::isDone);
    }

    /** The first acknowledged play from now on that is like this. */
    public CompletableFuture<Acknowledged> next(Predicate<Acknowledged> what) {
        var expectation = new Expectation(what, new CompletableFuture<>());
        expectations.add(expectation);
        return expectation.met();
    }

    private void sit() throws IOException, InterruptedException {
        while (!leaving) {
            stay("player-%06d".formatted(newcomers.incrementAndGet()));
        }
    }

    private void stay(String player) throws IOException, InterruptedException {
        for (int number = 1; !leaving; number++) {
            switch (gaming.play(player, "k-" + number)) {
                case Acknowledged play -> {
                    acknowledged.incrementAndGet();
                    meet(play);
                    if (number % REPEATS_EVERY == REPEATS_EVERY / 2) {
                        again(play);
                    }
                }
                case OutOfTurns _ -> {
                    return;
                }
                case Wrong(String complaint) -> {
                    complain(complaint);
                    return;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void again(Acknowledged play) throws IOException, InterruptedException {
        switch (gaming.repeat(play)) {
            case Acknowledged _ -> {
                // Both answers are in the file; verify compares them.
            }
            case OutOfTurns(String player) ->
                complain(player + " is out of turns for what was played already: " + play);
            case Wrong(String complaint) -> complain(complaint);
        }
    }

    private void complain(String complaint) {
        if (complaints.size() < MAX_COMPLAINTS) {
            complaints.add(complaint);
        }
        // Whatever it is, it should not become a flood.
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }

    private void meet(Acknowledged play) {
        expectations.removeIf(expectation -> expectation.isMetBy(play));
    }
}
