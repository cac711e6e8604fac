package io.fanfare.bench.wallet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An {@link AppProgram} under way. */
final class AppProcess implements AutoCloseable {

    /** Options for its JVM beside the usual ones, such as a flight recording. */
    private static final String OPTIONS = "FANFARE_BENCH_APP_OPTIONS";

    private final Process program;
    private final Duration untilRunning;

    private AppProcess(Process program, Duration untilRunning) {
        this.program = program;
        this.untilRunning = untilRunning;
    }

    /**
     * An app as it is to be run.
     *
     * @param guarantee as Kafka Streams calls it
     */
    record Wanted(Contender contender, String applicationId, String guarantee) {}

    /** Returns when it is running, with its state complete. */
    static AppProcess start(Wanted wanted, String bootstrap, Path folder, Consumer<String> progress)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=io/fanfare/bench/logback.xml"));
        String options = System.getenv().getOrDefault(OPTIONS, "");
        if (!options.isEmpty()) {
            command.addAll(List.of(options.split(" ", -1)));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                AppProgram.class.getName(),
                wanted.contender().word(),
                bootstrap,
                wanted.applicationId(),
                folder.resolve("state").toString(),
                wanted.guarantee()));
        Path log = folder.resolve("app.log");
        long began = System.nanoTime();
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(program::destroy, "end of an app"));
        var said = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.equals("running")) {
                return new AppProcess(program, Duration.ofNanos(System.nanoTime() - began));
            }
            progress.accept("    " + line);
        }
        throw new IOException("%s did not start; see %s".formatted(wanted, log));
    }

    /** From its launch. */
    Duration untilRunning() {
        return untilRunning;
    }

    ProcessHandle handle() {
        return program.toHandle();
    }

    /** Stops it in order. */
    @Override
    public void close() throws IOException {
        program.getOutputStream().close();
        try {
            if (!program.waitFor(60, TimeUnit.SECONDS)) {
                program.destroyForcibly();
                throw new IOException("an app did not end within a minute");
            }
        } catch (InterruptedException e) {
            program.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
