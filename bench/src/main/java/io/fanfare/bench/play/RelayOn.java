package io.fanfare.bench.play;

import io.fanfare.bench.compare.Series;
import io.fanfare.bench.latency.Settling;
import io.fanfare.bench.load.Acks;
import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Arena;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.load.Redeemed;
import io.fanfare.bench.load.Redeeming;
import io.fanfare.bench.load.Shop;
import io.fanfare.bench.measure.Machine;
import io.fanfare.bench.measure.Verification;
import io.fanfare.bench.platform.Installation;
import io.fanfare.bench.platform.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What a whole platform takes with the hot prize over HTTP, while its relay publishes what was played and all that follows from it is
 * done on the same machine.
 *
 * @param perSecond plays, as many as it could take, by round
 * @param wrong where the relay could not keep up
 */
record RelayOn(Series perSecond, Wrongs wrong, Verification verification) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How it is measured: so many rounds of this length, each on a machine that is idle before, where that can be had in time. */
    record Wanted(int rounds, Duration length, double idlePercent, Duration idlePatience) {}

    /** Measures while people win points in a shop's wheel before and one redeems them afterwards, so that all of it is seen at work. */
    static RelayOn measured(Lease lease, Wanted wanted, Consumer<String> progress)
            throws IOException, InterruptedException {
        Installation installation = lease.installation();
        Path acks = lease.acks();
        Api api = Api.at(installation.api());
        Shop shop = Shop.build(api, Arena.tenant("shop"));
        HttpLoad load = HttpLoad.on(api);
        List<Double> rates = new ArrayList<>();
        try (var file = new Acks(acks)) {
            var gaming = new Gaming(api, shop.wheel(), file, PATIENCE);
            Settling.settle(installation, gaming, shop.wheel().tenant(), new AtomicLong(), progress);
            load.warmUp(wanted.length());
            for (int round = 1; round <= wanted.rounds(); round++) {
                Machine.awaitIdle(wanted.idlePercent(), wanted.idlePatience());
                rates.add(load.playsPerSecond(wanted.length()));
                progress.accept("  relay on       %d: %.0f plays/s".formatted(round, rates.getLast()));
            }
            if (new Redeeming(api, shop, file, PATIENCE).redeem(Gaming.player(1), "r-1")
                    instanceof Redeemed.Denied(String complaint)) {
                throw new IOException("a redemption was refused: " + complaint);
            }
        }
        return new RelayOn(new Series(rates), load.wrong(), Verification.of(installation, acks));
    }

    String text() {
        return String.format(
                        Locale.ROOT,
                        "  over HTTP, relay on and a whole platform behind it: %s plays/s; %s%n",
                        perSecond.text(),
                        wrong.text())
                + verification.text();
    }
}
