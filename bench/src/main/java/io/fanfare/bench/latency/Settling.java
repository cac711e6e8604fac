package io.fanfare.bench.latency;

import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.platform.Installation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What comes before any measurement: the compilers of a fresh platform keep a core busy for minutes where little is played. */
public final class Settling {

    private static final int RATE = 250;
    private static final Duration LENGTH = Duration.ofSeconds(90);

    private Settling() {}

    /**
     * Plays until the platform has settled. Every {@link Gaming#player} has played several times by then.
     *
     * @param tenant whose plays they are
     * @param numbers of plays, so that no key is used twice
     */
    public static void settle(
            Installation installation, Gaming gaming, String tenant, AtomicLong numbers, Consumer<String> progress) {
        progress.accept("settling: up to %d plays/s for %d s".formatted(RATE, LENGTH.toSeconds()));
        try (var watches = new Watches(installation.target(), tenant)) {
            var loop = new PlayLoop(
                    gaming,
                    Api.at(installation.state()),
                    watches,
                    new Stage(Cell.HTTP),
                    new Stage(Cell.VISIBLE),
                    numbers);
            loop.warmUp(RATE, LENGTH);
            if (loop.wrong() > 0) {
                progress.accept("  %d plays were refused or unanswered, the first: %s"
                        .formatted(loop.wrong(), loop.firstWrong()));
            }
        }
    }
}
