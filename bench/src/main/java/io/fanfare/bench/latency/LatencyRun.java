package io.fanfare.bench.latency;

import io.fanfare.bench.load.Acks;
import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Arena;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Machine;
import io.fanfare.bench.measure.Processes;
import io.fanfare.bench.measure.Verification;
import io.fanfare.bench.platform.Installation;
import io.fanfare.bench.platform.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Measures rate by rate, round by round, and verifies: figures of a platform that is not right are none. */
final class LatencyRun {

    static final Arena.Size SIZE = new Arena.Size(1000, 0);
    static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration IDLE_PATIENCE = Duration.ofSeconds(30);

    private final Installation installation;
    private final Path acks;
    private final Consumer<String> progress;
    private final AtomicLong numbers = new AtomicLong();

    LatencyRun(Lease lease, Consumer<String> progress) throws IOException {
        this.installation = lease.installation();
        this.acks = lease.acks();
        this.progress = progress;
    }

    LatencyReport run(List<Integer> rates, Duration warmUp, Duration length, int rounds)
            throws IOException, InterruptedException {
        Api api = Api.at(installation.api());
        Arena arena = Arena.build(api, Arena.tenant("latency"), installation.webhookSink(), SIZE);
        var cells = new ArrayList<Cell>();
        try (var file = new Acks(acks)) {
            var gaming = new Gaming(api, arena.wheel(), file, PATIENCE);
            Settling.settle(installation, gaming, arena.tenant(), numbers, progress);
            for (int round = 1; round <= rounds; round++) {
                for (int rate : rates) {
                    double idle = Machine.awaitIdle(Machine.QUIET_PERCENT, IDLE_PATIENCE);
                    Cell cell = measure(gaming, arena, rate, warmUp, length, idle);
                    cells.add(cell);
                    progress.accept(cell.text());
                }
            }
        }
        return new LatencyReport(cells, Verification.of(installation, acks));
    }

    private Cell measure(Gaming gaming, Arena arena, int rate, Duration warmUp, Duration length, double idle)
            throws IOException, InterruptedException {
        var http = new Stage(Cell.HTTP);
        var visible = new Stage(Cell.VISIBLE);
        var processes = new Processes(installation);
        try (var watches = new Watches(installation.target(), arena.tenant())) {
            var loop = new PlayLoop(gaming, Api.at(installation.state()), watches, http, visible, numbers);
            loop.warmUp(rate, warmUp);
            Map<String, Duration> before = processes.cpu();
            loop.run(rate, length);
            awaitSeen(watches);
            Map<String, Duration> after = processes.cpu();
            var figures = new ArrayList<Figures>();
            figures.add(http.figures());
            watches.stages().forEach(stage -> figures.add(stage.figures()));
            figures.add(visible.figures());
            return new Cell(
                    rate,
                    length,
                    idle,
                    loop.acknowledged(),
                    loop.wrong(),
                    loop.firstWrong(),
                    watches.unseen(),
                    figures,
                    Processes.perThousand(before, after, loop.acknowledged()));
        }
    }

    /** What is not seen by then is counted as never seen. */
    static void awaitSeen(Watches watches) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (watches.unseen() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
