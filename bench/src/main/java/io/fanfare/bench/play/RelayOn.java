package io.fanfare.bench.play;

import io.fanfare.bench.compare.Series;
import io.fanfare.bench.load.Api;
import io.fanfare.bench.measure.Machine;
import io.fanfare.bench.measure.Verification;
import io.fanfare.bench.platform.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What a whole platform takes with the hot prize over HTTP, while its relay publishes what was played and all that follows from it is
 * done on the same machine.
 *
 * @param perSecond plays, as many as it could take, by round
 * @param wrong what was refused, since the relay could not keep up, or not answered
 */
record RelayOn(Series perSecond, long wrong, Verification verification) {

    static RelayOn measured(
            Lease lease, int rounds, Duration length, double idlePercent, Duration patience, Consumer<String> progress)
            throws IOException, InterruptedException {
        HttpLoad load = HttpLoad.on(Api.at(lease.installation().api()));
        load.playFor(length);
        List<Double> rates = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Machine.awaitIdle(idlePercent, patience);
            rates.add(load.playsPerSecond(length));
            progress.accept("  relay on       %d: %.0f plays/s".formatted(round, rates.getLast()));
        }
        return new RelayOn(new Series(rates), load.wrong(), Verification.of(lease.installation()));
    }

    String text() {
        return String.format(
                        Locale.ROOT,
                        "  over HTTP, relay on and a whole platform behind it: %s plays/s; %d refused or unanswered%n",
                        perSecond.text(),
                        wrong)
                + verification.text();
    }
}
