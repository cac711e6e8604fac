package io.fanfare.bench.latency;

import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Api.Answer;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.load.Outcome;
import io.fanfare.bench.load.Outcome.Acknowledged;
import io.fanfare.bench.load.Outcome.Credit;
import io.fanfare.bench.load.Outcome.OutOfTurns;
import io.fanfare.bench.load.Outcome.Wrong;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays at a rate, each at its own time, whether or not the ones before it have been answered. A play that could not be sent in time
 * counts from when it should have been: what a slow answer holds up is part of the figures. Sessions are started ahead.
 */
final class OpenLoop {

    private static final Duration AHEAD = Duration.ofMillis(1500);
    private static final int WARM_UP_STEPS = 4;
    private static final int PLAYERS = 2000;
    /** So many open plays are no load any more but a heap. */
    private static final int MOST_OPEN = 5000;
    /** More questions than that would be a load of their own. */
    private static final int QUESTIONS_PER_SECOND = 100;

    private final Gaming gaming;
    private final Api state;
    private final Watches watches;
    private final Stage http;
    private final Stage visible;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicReference<String> firstWrong = new AtomicReference<>("");
    private final AtomicLong numbers;

    /** @param numbers of plays, which several loops share so that no key is used twice */
    OpenLoop(Gaming gaming, Api state, Watches watches, Stage http, Stage visible, AtomicLong numbers) {
        this.gaming = gaming;
        this.state = state;
        this.watches = watches;
        this.http = http;
        this.visible = visible;
        this.numbers = numbers;
    }

    /** Measured plays that were acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Plays that were refused or never answered. */
    long wrong() {
        return wrong.get();
    }

    String firstWrong() {
        return firstWrong.get();
    }

    /**
     * Gets everything going, in steps up to the rate: compilers have the same cores as everybody else. Nothing of it is
     * measured.
     */
    void warmUp(int rate, Duration length) throws InterruptedException {
        for (int step = 1; step <= WARM_UP_STEPS; step++) {
            run(Math.max(1, rate * step / WARM_UP_STEPS), length.dividedBy(WARM_UP_STEPS), false);
        }
    }

    /** Measures. */
    void run(int rate, Duration length) throws InterruptedException {
        run(rate, length, true);
    }

    /** Returns when every play has had its answer, and every question too. */
    private void run(int rate, Duration length, boolean isMeasured) throws InterruptedException {
        long plays = length.toMillis() * rate / 1000;
        int asksEvery = Math.max(1, rate / QUESTIONS_PER_SECOND);
        long from = System.nanoTime() + AHEAD.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < plays; i++) {
                long intended = from + i * 1_000_000_000L / rate;
                LockSupport.parkNanos(intended - AHEAD.toNanos() - System.nanoTime());
                if (open.get() >= MOST_OPEN) {
                    fault("%d plays are without an answer: the platform does not keep up with %d/s"
                            .formatted(open.get(), rate));
                    return;
                }
                boolean asks = i % asksEvery == 0;
                open.incrementAndGet();
                threads.execute(() -> play(intended, isMeasured, asks));
            }
        }
    }

    private void play(long intended, boolean isMeasured, boolean asks) {
        long number = numbers.incrementAndGet();
        String player = "player-%04d".formatted(number % PLAYERS);
        try {
            Answer started = gaming.start(player, "k-" + number);
            while (System.nanoTime() < intended) {
                LockSupport.parkNanos(intended - System.nanoTime());
            }
            Outcome outcome = gaming.play(player, "k-" + number, Gaming.session(started));
            switch (outcome) {
                case Acknowledged play -> heard(play, intended, isMeasured, asks);
                case OutOfTurns _ -> fault(player + " is out of turns, and there is no limit");
                case Wrong(String complaint) -> fault(complaint);
            }
        } catch (IOException e) {
            fault(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    private void heard(Acknowledged play, long intended, boolean isMeasured, boolean asks)
            throws IOException, InterruptedException {
        watches.answered(play.playId(), play.credit().isPresent(), play.heardNanos(), isMeasured);
        if (isMeasured) {
            acknowledged.incrementAndGet();
            http.took(play.heardNanos() - intended);
        }
        if (asks && play.credit().isPresent()) {
            Credit credit = play.credit().get();
            long seen = gaming.awaitVisible(state, credit);
            if (isMeasured) {
                visible.took(seen - play.heardNanos());
            }
        }
    }

    private void fault(String complaint) {
        wrong.incrementAndGet();
        firstWrong.compareAndSet("", complaint);
    }
}
