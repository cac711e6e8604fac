package io.fanfare.bench.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code fanfare} script of this repository. What it says goes to a file. */
public final class Script {

    /** Where the script says that it is. */
    public static final String PROPERTY = "fanfare.script";

    /** With this in the environment the script runs what is built, also where sources have changed since. */
    private static final String AS_BUILT = "FANFARE_AS_BUILT";

    /** A busy machine is not what a run is about. */
    private static final Map<String, String> ENVIRONMENT = Map.of(AS_BUILT, "true", "FANFARE_READY_PATIENCE", "450");

    private static final int LAST_LINES = 15;

    private final Path script;
    private final Path output;

    public Script(Path script, Path output) {
        this.script = script;
        this.output = output;
    }

    /** As the script that started this program says. */
    public static Script fromProperties(Path output) {
        String path = System.getProperty(PROPERTY, "");
        if (path.isEmpty()) {
            throw new IllegalStateException("-D" + PROPERTY + " is not set; use ./fanfare bench");
        }
        return new Script(Path.of(path), output);
    }

    Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(ENVIRONMENT);
        return builder.start();
    }

    /** Makes a folder that the script takes for a platform's, with the demo counted as seeded. */
    static void prepare(Path data) throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("FANFARE_DATA"), "");
        Files.writeString(data.resolve("demo.properties"), "tenant=none\ncampaign=none\ngame=none\nleaderboard=none\n");
    }

    /** The last lines of what it said. */
    String output() throws IOException {
        List<String> lines = Files.exists(output) ? Files.readAllLines(output) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
