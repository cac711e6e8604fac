package io.fanfare.bench.play;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of its own, set up as the platform's. It ends with this process. */
final class PostgresProcess implements AutoCloseable {

    /** Where the script says that the platform's classes are. */
    static final String CLASSPATH = "fanfare.standalone.classpath";

    private static final String MAIN = "io.fanfare.standalone.PostgresAlone";

    private final Process program;
    private final long pid;
    private final Connections connections;

    private PostgresProcess(Process program, long pid, Connections connections) {
        this.program = program;
        this.pid = pid;
        this.connections = connections;
    }

    /** Returns when it takes connections. */
    static PostgresProcess start(Path folder, int port, Path log) throws IOException {
        String classpath = System.getProperty(CLASSPATH, "");
        if (classpath.isEmpty()) {
            throw new IllegalStateException("-D" + CLASSPATH + " is not set; use ./fanfare bench");
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classpath,
                MAIN,
                folder.toString(),
                Integer.toString(port));
        Process program =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        var said = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            String[] words = line.split(" ", -1);
            if (words.length == 5 && words[0].equals("ready")) {
                return new PostgresProcess(
                        program, Long.parseLong(words[1]), new Connections(words[2], words[3], words[4]));
            }
        }
        throw new IOException("PostgreSQL did not start; see " + log);
    }

    Connections connections() {
        return connections;
    }

    /** Of the server; its workers are the children of that process. */
    long pid() {
        return pid;
    }

    @Override
    public void close() throws IOException {
        program.getOutputStream().close();
        try {
            if (!program.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("PostgreSQL did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
