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

/** The platform of {@code ./fanfare up --detach}: one JVM, PostgreSQL with its workers, and the registry. */
public final class Standalone implements Installation {

    static final Victim EVERYTHING = new Victim("everything", true);
    static final Victim JVM = new Victim("jvm", true);
    static final Victim POSTGRES = new Victim("postgresql", false);
    static final Victim REGISTRY = new Victim("registry", false);

    private static final String MAIN = "io.fanfare.standalone.Fanfare";
    private static final String RUN_FILE = "run/platform.properties";
    private static final Duration END_PATIENCE = Duration.ofMinutes(3);

    private final Script script;
    private final Path data;
    private final int port;
    private final Health health = new Health();
    private @Nullable Process launching;
    private boolean wasInterfered;

    /**
     * @param script the {@code fanfare} of this repository
     * @param data the platform's folder; nobody else's
     * @param port of the API; the other ports are beside it
     */
    public Standalone(Script script, Path data, int port) {
        this.script = script;
        this.data = data;
        this.port = port;
    }

    /**
     * One that runs already.
     *
     * @throws IOException where none does on this folder
     */
    static Standalone running(Script script, Path data) throws IOException {
        Path file = data.resolve(RUN_FILE);
        RunState run = RunState.read(file)
                .filter(RunState::ready)
                .orElseThrow(() -> new IOException("no platform is ready on " + data));
        return new Standalone(script, data, run.apiPort(file));
    }

    @Override
    public List<Victim> victims() {
        return List.of(EVERYTHING, POSTGRES, JVM, REGISTRY);
    }

    @Override
    public List<Victim> parts() {
        return List.of(JVM, POSTGRES, REGISTRY);
    }

    @Override
    public List<ProcessHandle> processes(Victim victim) throws IOException {
        var found = new ArrayList<ProcessHandle>();
        if (victim.equals(EVERYTHING) || victim.equals(JVM)) {
            found.addAll(jvm());
        }
        if (victim.equals(EVERYTHING) || victim.equals(REGISTRY)) {
            found.addAll(recorded(data.resolve("run/registry.pid")).stream()
                    .filter(process -> isOurs(process, "quarkus-run.jar"))
                    .toList());
        }
        if (victim.equals(EVERYTHING) || victim.equals(POSTGRES)) {
            recorded(data.resolve("postgres/postmaster.pid"))
                    .filter(process -> isOurs(process, "postgres"))
                    .ifPresent(postmaster -> found.addAll(Death.withDescendants(postmaster)));
        }
        return found;
    }

    @Override
    public int kill(Victim victim) throws IOException, InterruptedException {
        List<ProcessHandle> dying = processes(victim);
        wasInterfered |= isLaunching();
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
        launching = script.start("up", "--detach", "--data", data.toString(), "--port", Integer.toString(port));
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
                    "fanfare up ended with code %d: %s".formatted(launching.exitValue(), script.output()));
        }
        return jvm().isEmpty();
    }

    @Override
    public boolean isWell() throws IOException, InterruptedException {
        Optional<RunState> run = RunState.read(runFile()).filter(RunState::ready);
        // A platform that was killed has left its word that it is ready.
        return run.isPresent()
                && jvm().stream().anyMatch(process -> process.pid() == run.get().pid())
                && health.areWell(run.get().probes());
    }

    @Override
    public void end() throws IOException, InterruptedException {
        if (launching != null && !launching.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            launching.destroy();
        }
        Process down = script.start("down", "--data", data.toString());
        if (!down.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS) || down.exitValue() != 0) {
            kill(EVERYTHING);
            throw new IOException("the platform did not end in order and was killed: " + script.output());
        }
    }

    @Override
    public Target target() {
        return Target.atPort(port);
    }

    @Override
    public List<URI> api() {
        return List.of(URI.create("http://127.0.0.1:" + port));
    }

    @Override
    public List<URI> state() {
        return List.of(target().state());
    }

    @Override
    public URI webhookSink() {
        return URI.create("http://127.0.0.1:%d/dev/webhooks/bench".formatted(port + 4));
    }

    @Override
    public String logs() {
        return data.resolve("logs").toString();
    }

    /** The one that says it is the platform, or, before it says so, the one that the script has just begun. */
    private List<ProcessHandle> jvm() throws IOException {
        if (isLaunching() && launching != null) {
            try (Stream<ProcessHandle> begun = launching.descendants()) {
                return begun.filter(process -> isOurs(process, MAIN)).toList();
            }
        }
        return RunState.read(runFile()).flatMap(run -> ProcessHandle.of(run.pid())).stream()
                .filter(ProcessHandle::isAlive)
                .filter(process -> isOurs(process, MAIN))
                .toList();
    }

    private Path runFile() {
        return data.resolve(RUN_FILE);
    }

    private static Optional<ProcessHandle> recorded(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String first = Files.readString(file).strip().split("\\s", 2)[0];
        return first.matches("\\d{1,10}")
                ? ProcessHandle.of(Long.parseLong(first)).filter(ProcessHandle::isAlive)
                : Optional.empty();
    }

    /** Systems use numbers again: a process is only ours where our folder is on its command line. */
    private boolean isOurs(ProcessHandle process, String program) {
        String command = process.info().commandLine().orElse("");
        return command.contains(program) && command.contains(data.toString());
    }
}
