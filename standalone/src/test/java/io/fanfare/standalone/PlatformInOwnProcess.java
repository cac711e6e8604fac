package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program behind {@code ./fanfare up} in a JVM of its own on one data folder, which can be ended in every way and started
 * again. The demo counts as seeded.
 */
final class PlatformInOwnProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path CONSOLE = Path.of("target", "platform-in-own-process.log");

    private final Path folder;
    private final Ports ports;
    private @Nullable Process running;

    private PlatformInOwnProcess(Path folder, Ports ports) {
        this.folder = folder;
        this.ports = ports;
    }

    static PlatformInOwnProcess in(Path folder) throws IOException {
        DataDir.open(folder).close();
        Files.writeString(
                folder.resolve("demo.properties"), "tenant=none\ncampaign=none\ngame=none\nleaderboard=none\n");
        return new PlatformInOwnProcess(folder, OwnProcess.freePorts());
    }

    Addresses at() {
        return new Addresses(ports);
    }

    /** Returns at once. */
    void launch() throws IOException {
        running = OwnProcess.java(
                        Fanfare.class, "up", "--data", folder.toString(), "--port", Integer.toString(ports.api()))
                .redirectErrorStream(true)
                .redirectOutput(CONSOLE.toFile())
                .start();
    }

    void awaitReady() throws Exception {
        eventually(PATIENCE, this::isReady, ready -> ready);
    }

    private boolean isReady() throws IOException {
        assertThat(process().isAlive())
                .as(() -> "the platform ended: " + console())
                .isTrue();
        return RunFile.read(folder)
                .filter(run -> run.self().pid() == process().pid() && run.ready())
                .isPresent();
    }

    /** Whether each part that it names answers that it is well. */
    boolean isWell() throws IOException, InterruptedException {
        boolean well = true;
        for (RunFile.Entry part : RunFile.read(folder).orElseThrow().parts()) {
            well &= Probe.isWell(part.probe());
        }
        return well;
    }

    /** The JVM, the registry, and PostgreSQL with all its workers, with -9. */
    void kill() throws IOException, InterruptedException {
        ProcessHandle postgres = OwnProcess.postgres(folder);
        var victims = new ArrayList<ProcessHandle>();
        victims.add(process().toHandle());
        victims.add(OwnProcess.registry(folder));
        victims.add(postgres);
        try (Stream<ProcessHandle> workers = postgres.descendants()) {
            workers.forEach(victims::add);
        }
        OwnProcess.kill(victims.toArray(ProcessHandle[]::new));
        running = null;
    }

    /** Asks it to end, with SIGTERM. */
    int terminate() throws InterruptedException {
        Process asked = process();
        asked.destroy();
        assertThat(asked.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        running = null;
        return asked.exitValue();
    }

    /** What it said since its last launch. */
    List<String> console() {
        try {
            return Files.readAllLines(CONSOLE);
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private Process process() {
        if (running == null) {
            throw new IllegalStateException("the platform has not been launched");
        }
        return running;
    }

    /** Leaves nothing running. */
    void end() throws InterruptedException {
        if (running != null) {
            terminate();
        }
    }
}
