package io.fanfare.bench.latency;

import io.fanfare.bench.load.Acks;
import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Arena;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Processes;
import io.fanfare.bench.measure.Verification;
import io.fanfare.bench.platform.Installation;
import io.fanfare.bench.platform.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One rate for long: does the relay keep up, and does memory stay where it is? */
final class SoakRun {

    private static final Duration WARM_UP = Duration.ofSeconds(90);
    private static final Duration SAMPLE = Duration.ofSeconds(10);

    private final Installation installation;
    private final Path acks;
    private final Consumer<String> progress;

    SoakRun(Lease lease, Consumer<String> progress) throws IOException {
        this.installation = lease.installation();
        this.acks = lease.acks();
        this.progress = progress;
    }

    SoakReport run(int rate, Duration length) throws IOException, InterruptedException {
        Api api = Api.at(installation.api());
        Arena arena = Arena.build(api, Arena.tenant("soak"), installation.webhookSink(), LatencyRun.SIZE);
        var http = new Stage(Cell.HTTP);
        var visible = new Stage(Cell.VISIBLE);
        try (var file = new Acks(acks);
                var watches = new Watches(installation.target(), arena.tenant())) {
            var gaming = new Gaming(api, arena.wheel(), file, LatencyRun.PATIENCE);
            var loop = new PlayLoop(gaming, Api.at(installation.state()), watches, http, visible, new AtomicLong());
            loop.warmUp(rate, WARM_UP);
            var heap = new ArrayList<LiveHeap>();
            List<Sample> samples =
                    sampleWhile(CompletableFuture.runAsync(() -> loop.run(rate, length)), loop, length, heap);
            LatencyRun.awaitSeen(watches);
            var figures = new ArrayList<Figures>();
            figures.add(http.figures());
            watches.stages().forEach(stage -> figures.add(stage.figures()));
            figures.add(visible.figures());
            return new SoakReport(
                    rate,
                    length,
                    loop.acknowledged(),
                    loop.wrong(),
                    loop.firstWrong(),
                    watches.unseen(),
                    figures,
                    watches.plays.figures(),
                    samples,
                    heap,
                    Verification.of(installation, acks));
        }
    }

    /** @param live is told what the heap holds at the beginning and after each third */
    private List<Sample> sampleWhile(CompletableFuture<?> playing, PlayLoop loop, Duration length, List<LiveHeap> live)
            throws IOException, InterruptedException {
        var samples = new ArrayList<Sample>();
        var processes = new Processes(installation);
        var heap = new Heap(installation.state().getFirst());
        long from = System.nanoTime();
        while (true) {
            Duration since = Duration.ofNanos(System.nanoTime() - from);
            if (since.compareTo(length.multipliedBy(live.size()).dividedBy(3)) >= 0) {
                live.add(held(since, processes, heap));
            }
            var sample = new Sample(since, loop.acknowledged(), heap.usedMebibytes(), processes.memory());
            samples.add(sample);
            progress.accept(sample.line());
            try {
                playing.get(SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
                live.add(held(Duration.ofNanos(System.nanoTime() - from), processes, heap));
                return samples;
            } catch (TimeoutException goesOn) {
                // That is what it should do until its time is over.
            } catch (ExecutionException e) {
                throw new IllegalStateException("the load ended early", e);
            }
        }
    }

    private static LiveHeap held(Duration since, Processes processes, Heap heap)
            throws IOException, InterruptedException {
        processes.collectGarbage();
        return new LiveHeap(since, heap.usedMebibytes());
    }
}
