package io.fanfare.bench.play;

import com.zaxxer.hikari.HikariDataSource;
import io.fanfare.bench.compare.Ratio;
import io.fanfare.bench.compare.Series;
import io.fanfare.bench.measure.Machine;
import io.fanfare.bench.measure.Plateau;
import io.fanfare.bench.platform.Folder;
import io.fanfare.bench.platform.Lease;
import io.fanfare.bench.play.Contender.Commit;
import io.fanfare.bench.play.Wheels.Wheel;
import io.fanfare.bench.verify.Report;
import io.fanfare.bench.verify.Verify;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.store.Database;
import io.fanfare.store.Migrations;
import io.fanfare.store.outbox.OutboxPartitions;
import io.fanfare.store.outbox.RelayLag;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * One run: each wheel with the reference and ours in turn, round by round, then the API; on a PostgreSQL of its own that is set up
 * as the platform's, without a relay. In the end a whole platform.
 */
final class PlayRun {

    private static final double HOT_AT_LEAST = 3;
    private static final double SPREAD_AT_LEAST = 2;
    private static final double HTTP_AT_LEAST = 0.5;
    private static final int SPREAD_PRIZES = 64;
    private static final double IDLE_PERCENT = 90;
    private static final Duration IDLE_PATIENCE = Duration.ofSeconds(30);
    private static final int LEAST_WARM_UP = 500;
    private static final int MOST_WARM_UPS = 8;
    private static final int CLIMB = 4;

    private final Arguments.Run wanted;
    private final Consumer<String> progress;
    private final List<Cell> cells = new ArrayList<>();

    PlayRun(Arguments.Run wanted, Consumer<String> progress) {
        this.wanted = wanted;
        this.progress = progress;
    }

    PlayReport run(Folder folder) throws Exception {
        Alone alone = alone(folder.path());
        try (Lease lease = Lease.of(folder, wanted.port(), Optional.empty())) {
            var length = Duration.ofSeconds(wanted.seconds());
            RelayOn relayOn = RelayOn.measured(
                    lease, new RelayOn.Wanted(wanted.rounds(), length, IDLE_PERCENT, IDLE_PATIENCE), progress);
            return new PlayReport(alone.settings(), cells, alone.http(), alone.ratios(), alone.verification(), relayOn);
        }
    }

    /** What was found without a relay. */
    private record Alone(Map<String, String> settings, HttpFigures http, List<Ratio> ratios, Report verification) {}

    private Alone alone(Path folder) throws Exception {
        try (PostgresProcess postgres =
                PostgresProcess.start(folder.resolve("database"), wanted.port() + 1, folder.resolve("database.log"))) {
            Connections database = postgres.connections();
            Map<String, String> settings = prepared(database);
            progress.accept("PostgreSQL: " + settings);
            try (var wheels = new Wheels(database)) {
                Wheel hot = wheels.of(1);
                Wheel spread = wheels.of(SPREAD_PRIZES);
                warmUp(wheels, List.of(hot, spread), database, postgres);
                for (int round = 1; round <= wanted.rounds(); round++) {
                    measure(Cell.HOT, round, wheels, hot, database, postgres);
                    measure(Cell.SPREAD, round, wheels, spread, database, postgres);
                }
            }
            HttpFigures http = overHttp(database, folder);
            Series reference = series(Cell.HOT, Cell.REFERENCE);
            List<Ratio> ratios = List.of(
                    new Ratio("commits/s, hot prize", reference, series(Cell.HOT, Cell.OURS), HOT_AT_LEAST),
                    new Ratio(
                            "commits/s, spread prizes",
                            series(Cell.SPREAD, Cell.REFERENCE),
                            series(Cell.SPREAD, Cell.OURS),
                            SPREAD_AT_LEAST),
                    new Ratio("plays/s over HTTP, hot prize", reference, http.perSecond(), HTTP_AT_LEAST));
            return new Alone(
                    settings,
                    http,
                    ratios,
                    Verify.tablesAlone(database.jdbcUrl(), database.user(), database.password()));
        }
    }

    /** Migrates, makes the partitions that play-api would make, and asks what the server does with a commit. */
    private static Map<String, String> prepared(Connections database) throws SQLException {
        try (HikariDataSource pool = database.pool(4)) {
            new Migrations(pool).run();
            new OutboxPartitions(Database.over(pool), RelayLag.SLOT, Duration.ofHours(2)).maintain(Instant.now());
        }
        Map<String, String> settings = new LinkedHashMap<>();
        // A connection of its own: what the migrations set for the database holds for sessions that begin later.
        try (HikariDataSource pool = database.pool(1);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String name : List.of("server_version", "fsync", "synchronous_commit")) {
                try (ResultSet row = statement.executeQuery("show " + name)) {
                    row.next();
                    settings.put(name, row.getString(1));
                }
            }
        }
        if (!"on".equals(settings.get("fsync")) || !"on".equals(settings.get("synchronous_commit"))) {
            throw new IllegalStateException("a commit does not wait for the disk: " + settings);
        }
        return settings;
    }

    private void warmUp(Wheels wheels, List<Wheel> all, Connections database, PostgresProcess postgres)
            throws Exception {
        for (Wheel wheel : all) {
            warmUp(Cell.REFERENCE, () -> new SingleTransaction(database), wheels, wheel, postgres);
            warmUp(Cell.OURS, () -> new GroupCommit(database), wheels, wheel, postgres);
        }
    }

    /** Until it costs its callers hardly less any more: until the compilers of the JVM are done with what they see. */
    private void warmUp(String way, Callable<Contender> contender, Wheels wheels, Wheel wheel, PostgresProcess postgres)
            throws Exception {
        int plays = Math.max(LEAST_WARM_UP, wanted.plays());
        var plateau = new Plateau();
        for (int i = 0; i < MOST_WARM_UPS; i++) {
            try (Contender warm = contender.call()) {
                Cell cell = cell("warm-up", way, 0, warm, wheels.plays(wheel, plays), postgres);
                if (plateau.isReachedWith(cell.ourCpu())) {
                    return;
                }
            }
        }
    }

    private void measure(
            String name, int round, Wheels wheels, Wheel wheel, Connections database, PostgresProcess postgres)
            throws Exception {
        try (Contender reference = new SingleTransaction(database)) {
            cells.add(cell(name, Cell.REFERENCE, round, reference, wheels.plays(wheel, wanted.plays()), postgres));
        }
        try (Contender ours = new GroupCommit(database)) {
            cells.add(cell(name, Cell.OURS, round, ours, wheels.plays(wheel, wanted.plays()), postgres));
        }
    }

    private Cell cell(
            String wheel, String way, int round, Contender contender, List<DecidedPlay> plays, PostgresProcess postgres)
            throws Exception {
        List<Commit> commits = plays.stream().map(contender::prepared).toList();
        tidy(postgres.connections());
        // What is only a warm-up need not wait.
        double idle = Machine.awaitIdle(IDLE_PERCENT, round == 0 ? Duration.ZERO : IDLE_PATIENCE);
        Duration database = cpu(postgres);
        Duration ours = cpu(ProcessHandle.current());
        long nanos = Crowd.commit(commits);
        var cell = new Cell(
                wheel,
                way,
                round,
                idle,
                plays.size() * 1e9 / nanos,
                perThousand(cpu(postgres).minus(database), plays.size()),
                perThousand(cpu(ProcessHandle.current()).minus(ours), plays.size()));
        progress.accept(cell.line());
        return cell;
    }

    /** Nobody pays for the dead rows that those before have left behind. */
    private static void tidy(Connections database) throws SQLException {
        try (HikariDataSource pool = database.pool(1);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    private HttpFigures overHttp(Connections database, Path folder) throws IOException {
        Duration length = Duration.ofSeconds(wanted.seconds());
        try (var registry = new StubRegistry();
                var api = ApiProcess.start(database, registry.url(), wanted.port(), folder.resolve("play-api.log"))) {
            HttpLoad load = HttpLoad.on(api.api());
            load.warmUp(length);
            List<Double> rates = new ArrayList<>();
            long plays = 0;
            Duration apiCpu = cpu(api.handle());
            Duration generatorCpu = cpu(ProcessHandle.current());
            for (int round = 1; round <= wanted.rounds(); round++) {
                Machine.awaitIdle(IDLE_PERCENT, IDLE_PATIENCE);
                rates.add(load.playsPerSecond(length));
                plays += Math.round(rates.getLast() * wanted.seconds());
                progress.accept("  over HTTP      %d: %.0f plays/s".formatted(round, rates.getLast()));
            }
            Duration apiUsed = cpu(api.handle()).minus(apiCpu);
            Duration generatorUsed = cpu(ProcessHandle.current()).minus(generatorCpu);
            var perSecond = new Series(rates);
            double rate = Math.max(1, perSecond.best() / 2);
            Histogram latencies = atItsTime(load, rate, length);
            return new HttpFigures(
                    perSecond,
                    rate,
                    millis(latencies, 50),
                    millis(latencies, 99),
                    load.wrong(),
                    perThousand(apiUsed, plays),
                    perThousand(generatorUsed, plays));
        }
    }

    /** The best of the rounds, by its 99th percentile, after a climb to that rate that is not counted. */
    private Histogram atItsTime(HttpLoad load, double rate, Duration length) throws IOException {
        for (int step = 1; step <= CLIMB; step++) {
            load.playAt(rate * step / CLIMB, length.dividedBy(CLIMB));
        }
        List<Histogram> rounds = new ArrayList<>();
        for (int round = 1; round <= wanted.rounds(); round++) {
            Machine.awaitIdle(IDLE_PERCENT, IDLE_PATIENCE);
            Histogram latencies = load.playAt(rate, length);
            progress.accept(String.format(
                    Locale.ROOT,
                    "  at %.0f plays/s %d: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; so far %s",
                    rate,
                    round,
                    millis(latencies, 50),
                    millis(latencies, 99),
                    millis(latencies, 100),
                    load.wrong().text()));
            rounds.add(latencies);
        }
        return Collections.min(rounds, Comparator.comparingDouble(latencies -> millis(latencies, 99)));
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    private Series series(String wheel, String way) {
        return new Series(cells.stream()
                .filter(cell -> cell.wheel().equals(wheel) && cell.way().equals(way))
                .map(Cell::perSecond)
                .toList());
    }

    /** Of the server and its workers as they are now; those of the pools stay while a cell is measured. */
    private static Duration cpu(PostgresProcess postgres) {
        return ProcessHandle.of(postgres.pid()).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .map(PlayRun::cpu)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double perThousand(Duration cpu, long plays) {
        return cpu.toNanos() / 1e9 * 1_000 / Math.max(1, plays);
    }
}
