package io.fanfare.bench.platform;

import io.fanfare.bench.verify.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The platform of {@code ./fanfare cluster up}: every part a process of its own, two of each service. Nobody watches over them; what
 * is gone is launched again from outside.
 */
public final class Cluster implements Installation {

    static final Victim EVERYTHING = new Victim("everything", true);

    private static final List<Victim> MEMBERS = Stream.of(
                    "postgresql",
                    "play-api-1",
                    "broker",
                    "streams-1",
                    "connect",
                    "worker-1",
                    "registry",
                    "play-api-2",
                    "streams-2",
                    "worker-2")
            .map(name -> new Victim(name, false))
            .toList();
    /** The second of each service is this far above the first. */
    private static final int SECOND = 6;

    private static final int STATE = 2;
    private static final int WORKER = 4;
    private static final Duration END_PATIENCE = Duration.ofMinutes(4);

    private final Script script;
    private final Path data;
    private final int port;
    private final Health health = new Health();
    private @Nullable Process launching;
    private boolean wasInterfered;

    /**
     * @param script the {@code fanfare} of this repository
     * @param data the cluster's folder; nobody else's
     * @param port of the first API; the other ports follow from it
     */
    public Cluster(Script script, Path data, int port) {
        this.script = script;
        this.data = data;
        this.port = port;
    }

    @Override
    public List<Victim> victims() {
        var victims = new ArrayList<>(MEMBERS);
        victims.addFirst(EVERYTHING);
        return victims;
    }

    @Override
    public List<Victim> parts() {
        return MEMBERS;
    }

    @Override
    public List<ProcessHandle> processes(Victim victim) throws IOException {
        var found = new ArrayList<ProcessHandle>();
        for (Victim member : victim.equals(EVERYTHING) ? MEMBERS : List.of(victim)) {
            running(member).ifPresent(process -> found.addAll(Death.withDescendants(process)));
        }
        return found;
    }

    @Override
    public int kill(Victim victim) throws IOException, InterruptedException {
        wasInterfered |= isLaunching();
        List<ProcessHandle> dying = processes(victim);
        if (isLaunching() && launching != null && victim.equals(EVERYTHING)) {
            // It would go on starting what is missing.
            dying.addAll(0, Death.withDescendants(launching.toHandle()));
        }
        Death.of(dying);
        return dying.size();
    }

    @Override
    public void launch() throws IOException {
        if (isLaunching()) {
            throw new IllegalStateException("a launch is under way already");
        }
        if (!Files.exists(data)) {
            Script.prepare(data);
        }
        wasInterfered = false;
        launching = script.start("cluster", "up", "--data", data.toString(), "--port", Integer.toString(port));
    }

    @Override
    public boolean isLaunching() {
        return launching != null && launching.isAlive();
    }

    @Override
    public boolean needsLaunch() throws IOException {
        if (isLaunching()) {
            return false;
        }
        if (launching != null && launching.exitValue() != 0 && !wasInterfered) {
            throw new IOException(
                    "fanfare cluster up ended with code %d: %s".formatted(launching.exitValue(), script.output()));
        }
        for (Victim member : MEMBERS) {
            if (running(member).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isWell() throws IOException, InterruptedException {
        for (Victim member : MEMBERS) {
            Optional<RunState> run = RunState.read(runFile(member));
            if (running(member).isEmpty()
                    || run.isEmpty()
                    || !health.areWell(run.get().probes())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void end() throws IOException, InterruptedException {
        if (launching != null && !launching.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            launching.destroy();
        }
        Process down = script.start("cluster", "down", "--data", data.toString());
        if (!down.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS) || down.exitValue() != 0) {
            kill(EVERYTHING);
            throw new IOException("the cluster did not end in order and was killed: " + script.output());
        }
    }

    @Override
    public Target target() {
        return Target.atPort(port);
    }

    @Override
    public List<URI> api() {
        return List.of(at(port), at(port + SECOND));
    }

    @Override
    public List<URI> state() {
        return List.of(at(port + STATE), at(port + SECOND + 1));
    }

    @Override
    public URI webhookSink() {
        return at(port + WORKER).resolve("/dev/webhooks/bench");
    }

    @Override
    public String logs() {
        return data.resolve("logs").toString();
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private Path runFile(Victim member) {
        return data.resolve("run").resolve(member.name() + ".properties");
    }

    /** Systems use numbers again: a process is only ours where our folder is on its command line. */
    private Optional<ProcessHandle> running(Victim member) throws IOException {
        return RunState.read(runFile(member))
                .flatMap(run -> ProcessHandle.of(run.pid()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
    }
}
