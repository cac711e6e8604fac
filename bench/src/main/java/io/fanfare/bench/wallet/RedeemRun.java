package io.fanfare.bench.wallet;

import io.fanfare.bench.latency.Settling;
import io.fanfare.bench.load.Acks;
import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Arena;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.load.Redeemed;
import io.fanfare.bench.load.Redeeming;
import io.fanfare.bench.load.Shop;
import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Machine;
import io.fanfare.bench.measure.OpenLoop;
import io.fanfare.bench.measure.Processes;
import io.fanfare.bench.measure.Timings;
import io.fanfare.bench.measure.Verification;
import io.fanfare.bench.platform.Installation;
import io.fanfare.bench.platform.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Redeems on a whole platform: players win points while it settles, and spend them at a steady rate. */
final class RedeemRun {

    private static final int RATE = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration IDLE_PATIENCE = Duration.ofSeconds(30);

    private final Installation installation;
    private final Path acks;
    private final Consumer<String> progress;
    private final AtomicLong numbers = new AtomicLong();
    private final Timings granted = new Timings();
    private final AtomicLong followed = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    RedeemRun(Lease lease, Consumer<String> progress) throws IOException {
        this.installation = lease.installation();
        this.acks = lease.acks();
        this.progress = progress;
    }

    RedeemReport run(Duration length) throws IOException, InterruptedException {
        Api api = Api.at(installation.api());
        Shop shop = Shop.build(api, Arena.tenant("redeem"));
        var processes = new Processes(installation);
        double idle;
        OpenLoop loop;
        Figures figures;
        Map<String, Double> cpu;
        try (var file = new Acks(acks)) {
            var gaming = new Gaming(api, shop.wheel(), file, PATIENCE);
            Settling.settle(installation, gaming, shop.wheel().tenant(), numbers, progress);
            idle = Machine.awaitIdle(Machine.QUIET_PERCENT, IDLE_PATIENCE);
            var redeeming = new Redeeming(api, shop, file, PATIENCE);
            loop = new OpenLoop(due -> redeem(redeeming, due));
            progress.accept("redeeming: %d/s for %d s, after %d s to warm up"
                    .formatted(RATE, length.toSeconds(), WARM_UP.toSeconds()));
            loop.warmUp(RATE, WARM_UP);
            Map<String, Duration> before = processes.cpu();
            loop.run(RATE, length);
            figures = granted.figures("redemption, from its intended start");
            cpu = Processes.perThousand(before, processes.cpu(), figures.count());
        }
        return new RedeemReport(
                RATE,
                length,
                idle,
                figures,
                followed.get(),
                repeated.get(),
                loop.wrong(),
                loop.firstWrong(),
                cpu,
                Verification.of(installation, acks));
    }

    private Optional<String> redeem(Redeeming redeeming, OpenLoop.Due due) throws IOException {
        long number = numbers.incrementAndGet();
        due.await();
        return switch (redeeming.redeem(Gaming.player(number), "r-" + number)) {
            case Redeemed.Granted(int repeats, boolean wasFollowed, long heardNanos) -> {
                if (due.isMeasured()) {
                    granted.took(heardNanos - due.nanos());
                    repeated.addAndGet(repeats);
                    followed.addAndGet(wasFollowed ? 1 : 0);
                }
                yield Optional.empty();
            }
            case Redeemed.Denied(String complaint) -> Optional.of(complaint);
        };
    }
}
