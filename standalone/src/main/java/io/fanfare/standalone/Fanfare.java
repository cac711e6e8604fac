package io.fanfare.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The program behind {@code ./fanfare up}, {@code down}, {@code status}, {@code run} and {@code cluster}.
 *
 * <p>{@code up} stays until it is asked to end (SIGTERM, Ctrl-C), the broker or Connect give up, or PostgreSQL or the registry died
 * and do not come back; then it stops all parts in order. Exit codes: 0 done, 1 not possible or not well (the reason is on the console), 2 not understood.
 */
public final class Fanfare {

    private static final Duration DOWN_PATIENCE = Duration.ofMinutes(2);

    private final Console console;

    private Fanfare(Console console) {
        this.console = console;
    }

    /** See the class. */
    public static void main(String[] words) throws InterruptedException {
        var fanfare = new Fanfare(new Console(System.out));
        int code;
        try {
            code = fanfare.run(Arguments.parse(List.of(words)));
        } catch (CannotStart e) {
            System.err.println(e.getMessage());
            code = 1;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            System.err.println(e);
            code = 1;
        }
        System.exit(code);
    }

    private int run(Arguments arguments) throws Exception {
        return switch (arguments) {
            case Arguments.Up up -> up(up);
            case Arguments.Down down -> down(root(down.data()));
            case Arguments.Status status -> status(root(status.data()));
            case Arguments.Run run -> {
                logOfThisProcess();
                ServiceRun.stay(run.service(), System.getenv());
                yield 0;
            }
            case Arguments.ClusterUp up -> new Cluster(console).up(root(up.data()), up.ports());
            case Arguments.ClusterDown down -> new Cluster(console).down(root(down.data()));
            case Arguments.ClusterStatus status -> new Cluster(console).status(root(status.data()));
            case Arguments.Member member -> {
                logOfThisProcess();
                MemberRun.stay(member.program(), DataDir.ofMember(member.data()), member.ports());
                yield 0;
            }
            case Arguments.Refused refused -> {
                System.err.println(refused.reason());
                yield 2;
            }
        };
    }

    private int up(Arguments.Up arguments) throws IOException, InterruptedException {
        Instant from = Instant.now();
        DataDir dir = DataDir.open(arguments.data());
        logInto(dir.folder("logs"));
        Cluster.refuseBeside(dir);
        console.say("Fanfare, data in " + dir.root());
        Orphans.end(dir.root()).forEach(console::say);
        if (arguments.fresh()) {
            dir.clear();
        }
        List<PortCheck.Taken> taken = PortCheck.taken(arguments.ports());
        if (!taken.isEmpty()) {
            throw new CannotStart(PortCheck.explain(taken));
        }

        var platform = new Platform(Blueprint.of(dir, arguments.ports()), console);
        var gaveUp = new CompletableFuture<String>();
        divertExits(() -> gaveUp.complete("a part of Kafka gave up"));
        var ready = new AtomicBoolean();
        var supervisor = new Supervisor(
                children(platform),
                Clock.systemUTC(),
                console::say,
                () -> RunFile.of(platform.parts(), ready.get()).write(dir.root()),
                gaveUp::complete);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            supervisor.close();
                            stop(platform, dir);
                        },
                        "stop"));
        RunFile.of(platform.parts(), false).write(dir.root());
        platform.start();
        supervisor.start();
        var demo = new DemoTenant(dir, arguments.ports(), console).seededOnce();
        ready.set(true);
        RunFile.of(platform.parts(), true).write(dir.root());
        console.say(String.format(
                Locale.ROOT,
                "ready after %.1f s",
                Duration.between(from, Instant.now()).toMillis() / 1000.0));
        console.say(Welcome.to(arguments.ports(), demo));

        String reason = gaveUp.join();
        System.err.println(reason + "; more in " + dir.root().resolve("logs/fanfare.log"));
        return 1;
    }

    private static List<Child> children(Platform platform) {
        return platform.parts().stream()
                .filter(Child.class::isInstance)
                .map(Child.class::cast)
                .toList();
    }

    private void stop(Platform platform, DataDir dir) {
        console.say("stopping");
        platform.stop();
        try {
            RunFile.delete(dir.root());
            dir.close();
        } catch (IOException e) {
            System.err.println("the data folder was not left tidy: " + e);
        }
        console.say("stopped");
    }

    private int down(Path root) throws IOException, InterruptedException {
        Optional<ProcessHandle> running = RunFile.read(root).flatMap(RunFile::process);
        if (running.isEmpty()) {
            if (!RunFile.exists(root)) {
                console.say("Fanfare is not running on " + root);
                return 0;
            }
            // Killed: its children may still run.
            try (DataDir dir = DataDir.open(root)) {
                Cluster.refuseBeside(dir);
                Orphans.end(dir.root()).forEach(console::say);
                RunFile.delete(root);
            }
            console.say("Fanfare was not running on " + root);
            return 0;
        }
        ProcessHandle platform = running.get();
        platform.destroy();
        if (!ChildRecord.hasEnded(platform, DOWN_PATIENCE)) {
            console.say("pid " + platform.pid() + " has not ended within " + DOWN_PATIENCE.toSeconds()
                    + " s of being asked; see " + root.resolve("logs/fanfare.log"));
            return 1;
        }
        console.say("Fanfare is down, its data stays in " + root);
        return 0;
    }

    private int status(Path root) throws IOException, InterruptedException {
        Optional<RunFile> run = RunFile.read(root).filter(file -> file.process().isPresent());
        if (run.isEmpty()) {
            console.say("Fanfare is not running on " + root);
            return 1;
        }
        RunFile file = run.get();
        console.say((file.ready() ? "Fanfare is ready" : "Fanfare is starting") + ", pid "
                + file.self().pid() + ", since " + file.started().truncatedTo(ChronoUnit.SECONDS) + ", data in "
                + root);
        boolean well = file.ready();
        for (RunFile.Entry part : file.parts()) {
            boolean partIsWell = Probe.isWell(part.probe());
            well &= partIsWell;
            console.say(String.format(
                    Locale.ROOT,
                    "  %-5s %-18s pid %-8s %s",
                    partIsWell ? "well" : "DOWN",
                    part.name(),
                    part.pid() < 0 ? "-" : Long.toString(part.pid()),
                    part.address()));
        }
        return well ? 0 : 1;
    }

    private static Path root(Path data) {
        return data.toAbsolutePath().normalize();
    }

    /** Before the first logger is made. The services share this JVM and must not each bring a logging set-up. */
    static void logInto(Path logs) {
        System.setProperty("fanfare.logs", logs.toString());
        logBy("io/fanfare/standalone/logback.xml");
    }

    /** A process of a cluster has been told a file; one that somebody started in the foreground writes to where it is. */
    private static void logOfThisProcess() {
        boolean toFile = System.getProperty("fanfare.logs") != null;
        logBy("io/fanfare/standalone/" + (toFile ? "logback.xml" : "logback-console.xml"));
    }

    private static void logBy(String configuration) {
        System.setProperty("logback.configurationFile", configuration);
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Broker and Connect would end the JVM when they cannot go on; here the others are stopped in order first. */
    private static void divertExits(Runnable gaveUp) {
        Exit.Procedure divert = (code, message) -> {
            gaveUp.run();
            throw new IllegalStateException("a part of Kafka asked to exit with code " + code + ": " + message);
        };
        Exit.setExitProcedure(divert);
        Exit.setHaltProcedure(divert);
    }
}
