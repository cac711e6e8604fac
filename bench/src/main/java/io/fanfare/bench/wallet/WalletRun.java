package io.fanfare.bench.wallet;

import static java.util.stream.Collectors.joining;

import io.fanfare.bench.compare.Series;
import io.fanfare.bench.measure.Machine;
import io.fanfare.bench.platform.Folder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One run: the bare processor and the wallets app in turn, round by round, each on the same commands in a process of its own with
 * empty state; then how a million wallets come back.
 */
final class WalletRun {

    private static final double IDLE_PERCENT = 90;
    private static final Duration IDLE_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration STALLED = Duration.ofMinutes(2);
    private static final int PLAYERS = 100_000;
    /** The part of a cell's commands before which it is not measured, and behind which partitions may run dry. */
    private static final double WARM = 0.35;

    private static final double DRY = 0.9;
    /** What the broker has done before it is measured, so that the first who comes does not pay for its compilers. */
    private static final List<Cell.Kind> WARM_UP = List.of(Cell.Kind.BARE, Cell.Kind.UNIFORM);

    private final Arguments.Run wanted;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<Cell> cells = new ArrayList<>();
    private int apps;

    WalletRun(Arguments.Run wanted, Path folder, Consumer<String> progress) {
        this.wanted = wanted;
        this.folder = folder;
        this.progress = progress;
    }

    WalletReport run() throws Exception {
        try (var broker = BrokerProcess.start(folder.resolve("broker"), wanted.port(), folder.resolve("broker.log"));
                var cluster = new Cluster(broker.bootstrap(), wanted.partitions())) {
            cluster.createTopics();
            progress.accept("writing commands");
            Segment uniform;
            Segment hot;
            Segment many;
            try (var feed = new Feed(broker.bootstrap(), cluster)) {
                uniform = feed.write("player-", Math.min(PLAYERS, wanted.commands() / 3), wanted.commands());
                hot = feed.write("hot-", 1, wanted.commands());
                many = feed.write("restored-", wanted.wallets(), wanted.wallets());
            }
            for (Cell.Kind kind : WARM_UP) {
                cell(kind, 0, uniform, broker, cluster);
            }
            for (int round = 1; round <= wanted.rounds(); round++) {
                for (Cell.Kind kind : Cell.Kind.values()) {
                    cells.add(cell(kind, round, kind.isHot() ? hot : uniform, broker, cluster));
                }
            }
            return new WalletReport(wanted.partitions(), cells, comeback(many, broker, cluster));
        }
    }

    private Cell cell(Cell.Kind kind, int round, Segment commands, BrokerProcess broker, Cluster cluster)
            throws IOException, InterruptedException, ExecutionException {
        var app = new AppProcess.Wanted(kind.contender(), "bench-%d".formatted(++apps), kind.guarantee());
        cluster.begin(app.applicationId(), commands.from());
        String output = kind.contender().output();
        Map<Integer, Long> before = cluster.ends(output);
        double idle = Machine.awaitIdle(IDLE_PERCENT, IDLE_PATIENCE);
        Path home = Files.createDirectories(folder.resolve(app.applicationId()));
        Cell cell;
        try (var process = AppProcess.start(app, broker.bootstrap(), home, progress)) {
            cell = measured(kind, round, idle, commands, app.applicationId(), process, broker, cluster);
        }
        if (kind.contender() == Contender.WALLETS) {
            long done = commands.done(cluster.positions(app.applicationId()));
            long told = Entries.check(broker.bootstrap(), before, cluster.ends(output), !kind.isExactlyOnce());
            if (told < done) {
                throw new IllegalStateException("%d commands were carried out and %d are told".formatted(done, told));
            }
        }
        cluster.delete(cluster.changelogs(app.applicationId()));
        new Folder(home).delete();
        progress.accept(cell.line());
        return cell;
    }

    private static Cell measured(
            Cell.Kind kind,
            int round,
            double idle,
            Segment commands,
            String group,
            AppProcess process,
            BrokerProcess broker,
            Cluster cluster)
            throws InterruptedException, ExecutionException {
        long first = await(commands, group, Math.round(commands.size() * WARM), cluster);
        long began = System.nanoTime();
        Duration app = cpu(process.handle());
        Duration server = cpu(broker.handle());
        long last = await(commands, group, Math.round(commands.size() * DRY), cluster);
        long nanos = System.nanoTime() - began;
        long done = last - first;
        return new Cell(
                kind,
                round,
                idle,
                done * 1e9 / nanos,
                perThousand(cpu(process.handle()).minus(app), done),
                perThousand(cpu(broker.handle()).minus(server), done));
    }

    /** Returns how many are done once enough are. */
    private static long await(Segment commands, String group, long enough, Cluster cluster)
            throws InterruptedException, ExecutionException {
        long done = 0;
        long moved = System.nanoTime();
        while (true) {
            long now = commands.done(cluster.positions(group));
            if (now >= enough) {
                return now;
            }
            if (now > done) {
                done = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STALLED.toNanos()) {
                throw new IllegalStateException("nothing moves beyond %d of %d commands".formatted(done, enough));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private Comeback comeback(Segment many, BrokerProcess broker, Cluster cluster)
            throws IOException, InterruptedException, ExecutionException {
        var app = new AppProcess.Wanted(Contender.WALLETS, "bench-restored", "exactly_once_v2");
        Path home = Files.createDirectories(folder.resolve(app.applicationId()));
        cluster.begin(app.applicationId(), many.from());
        progress.accept("filling %,d wallets".formatted(many.size()));
        try (var _ = AppProcess.start(app, broker.bootstrap(), home, progress)) {
            await(many, app.applicationId(), many.size(), cluster);
        }
        List<String> changelogs = cluster.changelogs(app.applicationId());
        List<Double> ready = new ArrayList<>();
        List<Double> restored = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        for (int round = 1; round <= wanted.rounds(); round++) {
            Machine.awaitIdle(IDLE_PERCENT, IDLE_PATIENCE);
            ready.add(untilRunning(app, broker, home));
            Machine.awaitIdle(IDLE_PERCENT, IDLE_PATIENCE);
            bare.add(bareRestore(broker, changelogs, home.resolve("bare-" + round)));
            new Folder(home.resolve("state")).delete();
            Machine.awaitIdle(IDLE_PERCENT, IDLE_PATIENCE);
            restored.add(untilRunning(app, broker, home));
            progress.accept(String.format(
                    Locale.ROOT,
                    "  after a clean stop ready in %.1f s; restored in %.1f s, bare in %.1f s",
                    ready.getLast(),
                    restored.getLast(),
                    bare.getLast()));
        }
        return new Comeback(many.size(), new Series(ready), perSecond(many, restored), perSecond(many, bare));
    }

    private double untilRunning(AppProcess.Wanted app, BrokerProcess broker, Path home) throws IOException {
        try (var process = AppProcess.start(app, broker.bootstrap(), home, progress)) {
            return process.untilRunning().toNanos() / 1e9;
        }
    }

    /** In seconds, from its launch. */
    private double bareRestore(BrokerProcess broker, List<String> changelogs, Path home)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=io/fanfare/bench/logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                BareRestore.class.getName(),
                broker.bootstrap(),
                home.toString(),
                Integer.toString(wanted.partitions())));
        command.addAll(changelogs);
        long began = System.nanoTime();
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("bare-restore.log").toFile()))
                .start();
        var said = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        String last = said.lines().collect(joining(" "));
        double seconds = (System.nanoTime() - began) / 1e9;
        if (program.waitFor() != 0 || !last.startsWith("restored ")) {
            throw new IOException("the bare restoration failed: " + last);
        }
        new Folder(home).delete();
        return seconds;
    }

    private static Series perSecond(Segment wallets, List<Double> seconds) {
        return new Series(seconds.stream().map(each -> wallets.size() / each).toList());
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double perThousand(Duration cpu, long commands) {
        return cpu.toNanos() / 1e9 * 1_000 / Math.max(1, commands);
    }
}
