package io.fanfare.standalone;

import io.fanfare.standalone.demo.DemoSeed.Demo;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The platform as processes of their own on one folder. Nobody watches over them: each is known by its {@link MemberFile}, and
 * {@link #up} starts what is missing, be it all of them or the one that was killed.
 */
final class Cluster {

    private static final String FILE = "cluster.properties";
    private static final int ROUNDS = 3;

    private final Console console;

    Cluster(Console console) {
        this.console = console;
    }

    /**
     * Returns when every process is well.
     *
     * @param wanted null: the ports of the last time, or the default
     * @throws CannotStart naming the first one that is not, and why; the others stay
     */
    int up(Path data, @Nullable ClusterPorts wanted) throws IOException, InterruptedException {
        Instant from = Instant.now();
        try (DataDir dir = DataDir.open(data)) {
            Fanfare.logInto(dir.folder("logs"));
            if (RunFile.exists(dir.root())) {
                // Of a platform in one process that was killed: what it left may be on other ports.
                Orphans.end(dir.root()).forEach(console::say);
                RunFile.delete(dir.root());
            }
            ClusterPorts ports = ports(dir.root(), wanted);
            refuseToMove(dir, ports);
            List<Part> parts = ClusterBlueprint.of(dir, ports);
            refuseTakenPorts(parts, ports);
            remember(dir.root(), ports);
            int before = running(parts);
            console.say("Fanfare as separate processes, data in " + dir.root()
                    + (before == 0 ? "" : ", " + before + " of them running"));
            startAll(dir, ports);
            Demo demo = new DemoTenant(dir, ports.first(), console).seededOnce();
            console.say(String.format(
                    Locale.ROOT,
                    "ready after %.1f s",
                    Duration.between(from, Instant.now()).toMillis() / 1000.0));
            console.say(Welcome.to(ports.first(), demo));
            console.say("The second API is at http://127.0.0.1:%d, the second stream state at http://127.0.0.1:%d"
                    .formatted(ports.secondApi(), ports.secondStreams()));
            return 0;
        }
    }

    /** What dies while others are still on their way up is started again, a bounded number of times. */
    private void startAll(DataDir dir, ClusterPorts ports) throws IOException, InterruptedException {
        for (int round = 1; round < ROUNDS; round++) {
            List<Part> parts = ClusterBlueprint.of(dir, ports);
            var cameUp = new CameUp(console);
            try {
                new Platform(parts, cameUp).startAndLeave();
                if (!cameUp.someHaveEnded()) {
                    return;
                }
            } catch (CannotStart e) {
                if (!cameUp.someHaveEnded()) {
                    throw e;
                }
            }
            console.say("  something that was up has ended meanwhile and is started again");
        }
        new Platform(ClusterBlueprint.of(dir, ports), console).startAndLeave();
    }

    /** Remembers what it passes on. */
    private record CameUp(Platform.Progress told, List<Member> members) implements Platform.Progress {

        private CameUp(Platform.Progress told) {
            this(told, new CopyOnWriteArrayList<>());
        }

        @Override
        public void up(Part part, Duration took) {
            told.up(part, took);
            if (part instanceof Member member) {
                members.add(member);
            }
        }

        @Override
        public void down(Part part, Duration took) {
            told.down(part, took);
        }

        private boolean someHaveEnded() throws IOException {
            boolean ended = false;
            for (Member member : members) {
                ended |= member.running().isEmpty();
            }
            return ended;
        }
    }

    int down(Path data) throws IOException, InterruptedException {
        try (DataDir dir = DataDir.open(data)) {
            Fanfare.logInto(dir.folder("logs"));
            List<Part> parts = ClusterBlueprint.of(dir, ports(dir.root(), null));
            if (running(parts) == 0) {
                console.say("no cluster is running on " + dir.root());
            }
            boolean clean = true;
            for (Part part : parts.reversed()) {
                clean &= stopped(part);
            }
            console.say(
                    clean ? "the cluster is down, its data stays in " + dir.root() : "not everything could be stopped");
            return clean ? 0 : 1;
        }
    }

    private boolean stopped(Part part) throws InterruptedException {
        if (!(part instanceof Member member)) {
            return true;
        }
        long from = System.nanoTime();
        try {
            boolean ran = member.running().isPresent();
            member.stop();
            if (ran) {
                console.down(member, Duration.ofNanos(System.nanoTime() - from));
            }
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            console.say("  " + member.name() + " did not stop: " + e.getMessage());
            return false;
        }
    }

    int status(Path root) throws IOException, InterruptedException {
        if (!Files.exists(file(root))) {
            console.say("no cluster has run on " + root);
            return 1;
        }
        List<Part> parts = ClusterBlueprint.of(DataDir.ofMember(root), ports(root, null));
        boolean well = true;
        for (Part part : parts) {
            if (part instanceof Member member) {
                Optional<ProcessHandle> process = member.running();
                boolean memberIsWell =
                        process.isPresent() && Probe.isWell(member.probe().orElseThrow());
                well &= memberIsWell;
                console.say(String.format(
                        Locale.ROOT,
                        "  %-5s %-18s pid %-8s %s",
                        memberIsWell ? "well" : process.isPresent() ? "SICK" : "DOWN",
                        member.name(),
                        process.map(running -> Long.toString(running.pid())).orElse("-"),
                        member.address().orElseThrow()));
            }
        }
        return well ? 0 : 1;
    }

    /** A platform in one process on the same data would be a second one. */
    static void refuseBeside(DataDir dir) throws IOException {
        if (Files.exists(file(dir.root())) && running(ClusterBlueprint.of(dir, ports(dir.root(), null))) > 0) {
            throw new CannotStart("a cluster runs on " + dir.root()
                    + "; stop it with ./fanfare cluster down, or take another folder with --data DIR");
        }
    }

    private static void refuseToMove(DataDir dir, ClusterPorts wanted) throws IOException {
        ClusterPorts present = ports(dir.root(), null);
        if (!present.equals(wanted) && running(ClusterBlueprint.of(dir, present)) > 0) {
            throw new CannotStart("the cluster on " + dir.root() + " runs with its first API on port "
                    + present.first().api() + "; stop it before it moves to "
                    + wanted.first().api());
        }
    }

    private static int running(List<Part> parts) throws IOException {
        int running = 0;
        for (Part part : parts) {
            if (part instanceof Member member && member.running().isPresent()) {
                running++;
            }
        }
        return running;
    }

    private static void refuseTakenPorts(List<Part> parts, ClusterPorts ports) throws IOException {
        List<Long> ours = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Member member) {
                member.running().ifPresent(process -> ours.add(process.pid()));
            }
        }
        List<PortCheck.Taken> taken = PortCheck.taken(ports.byPart()).stream()
                .filter(port -> port.holder()
                        .map(holder -> !ours.contains(holder.pid()))
                        .orElse(ours.isEmpty()))
                .toList();
        if (!taken.isEmpty()) {
            throw new CannotStart(PortCheck.explain(taken));
        }
    }

    private static Path file(Path root) {
        return root.resolve("run").resolve(FILE);
    }

    private static ClusterPorts ports(Path root, @Nullable ClusterPorts wanted) throws IOException {
        if (wanted != null) {
            return wanted;
        }
        if (!Files.exists(file(root))) {
            return ClusterPorts.withApiAt(Ports.DEFAULT_API);
        }
        var lines = new Properties();
        try (Reader in = Files.newBufferedReader(file(root))) {
            lines.load(in);
        }
        return ClusterPorts.withApiAt(Integer.parseInt(lines.getProperty("api")));
    }

    private static void remember(Path root, ClusterPorts ports) throws IOException {
        Files.createDirectories(file(root).getParent());
        var lines = new Properties();
        lines.setProperty("api", Integer.toString(ports.first().api()));
        try (Writer out = Files.newBufferedWriter(file(root))) {
            lines.store(out, null);
        }
    }
}
