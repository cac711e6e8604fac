package io.fanfare.bench.wallet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker of its own, set up as the platform's. It ends with this process. */
final class BrokerProcess implements AutoCloseable {

    /** Where the script says that the platform's classes are. */
    static final String CLASSPATH = "fanfare.standalone.classpath";

    private static final String MAIN = "io.fanfare.standalone.BrokerAlone";

    private final Process program;
    private final String bootstrap;

    private BrokerProcess(Process program, String bootstrap) {
        this.program = program;
        this.bootstrap = bootstrap;
    }

    /** Returns when it takes connections. */
    static BrokerProcess start(Path folder, int port, Path log) throws IOException {
        String classpath = System.getProperty(CLASSPATH, "");
        if (classpath.isEmpty()) {
            throw new IllegalStateException("-D" + CLASSPATH + " is not set; use ./fanfare bench");
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=io/fanfare/bench/logback.xml",
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
            if (words.length == 2 && words[0].equals("ready")) {
                Thread.ofVirtual()
                        .name("what the broker says")
                        .start(() -> said.lines().forEach(_ -> {}));
                return new BrokerProcess(program, words[1]);
            }
        }
        throw new IOException("the broker did not start; see " + log);
    }

    String bootstrap() {
        return bootstrap;
    }

    ProcessHandle handle() {
        return program.toHandle();
    }

    @Override
    public void close() throws IOException {
        program.getOutputStream().close();
        try {
            if (!program.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("the broker did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
