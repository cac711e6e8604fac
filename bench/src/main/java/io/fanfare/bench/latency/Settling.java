package io.fanfare.bench.latency;

import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.measure.Processes;
import io.fanfare.bench.platform.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What comes before any measurement: the compilers of a fresh platform keep a core busy for minutes where little is played, and what
 * they have not compiled yet costs a multiple. What a play costs does not tell when they are done, since they take what is left.
 */
public final class Settling {

    private static final int RATE = 250;
    private static final Duration LENGTH = Duration.ofSeconds(90);
    private static final Duration ROUND = Duration.ofSeconds(20);
    private static final int MOST_ROUNDS = 12;
    /** What compilers may take of a core. They never end: what is seldom done is compiled late. */
    private static final double CALM = 0.15;

    private Settling() {}

    /**
     * Plays until the platform has settled. Every {@link Gaming#player} has played several times by then.
     *
     * @param tenant whose plays they are
     * @param numbers of plays, so that no key is used twice
     */
    public static void settle(
            Installation installation, Gaming gaming, String tenant, AtomicLong numbers, Consumer<String> progress)
            throws IOException {
        progress.accept("settling: up to %d plays/s for %d s, then until compilers are calm, for %d s more at most"
                .formatted(
                        RATE,
                        LENGTH.toSeconds(),
                        ROUND.multipliedBy(MOST_ROUNDS).toSeconds()));
        try (var watches = new Watches(installation.target(), tenant)) {
            var loop = new PlayLoop(
                    gaming,
                    Api.at(installation.state()),
                    watches,
                    new Stage(Cell.HTTP),
                    new Stage(Cell.VISIBLE),
                    numbers);
            loop.warmUp(RATE, LENGTH);
            goOn(loop, new Processes(installation), progress);
            if (loop.wrong() > 0) {
                progress.accept("  %d plays were refused or unanswered, the first: %s"
                        .formatted(loop.wrong(), loop.firstWrong()));
            }
        }
    }

    private static void goOn(PlayLoop loop, Processes processes, Consumer<String> progress) throws IOException {
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            Duration before = processes.compiling();
            loop.keepUp(RATE, ROUND);
            double share = (double) processes.compiling().minus(before).toMillis() / ROUND.toMillis();
            progress.accept(String.format(Locale.ROOT, "  compilers take %.2f of a core", share));
            if (share < CALM) {
                return;
            }
        }
    }
}
