package io.fanfare.bench.platform;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What a process of the platform says of itself in a run file; it may have died since. */
record RunState(long pid, boolean ready, List<URI> probes) {

    RunState {
        probes = List.copyOf(probes);
    }

    static Optional<RunState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
        }
        var probes = new ArrayList<URI>();
        int parts = Integer.parseInt(lines.getProperty("parts", "0"));
        for (int i = 0; i < parts; i++) {
            probes.add(URI.create(lines.getProperty("part." + i + ".probe", "")));
        }
        return Optional.of(new RunState(
                Long.parseLong(lines.getProperty("pid", "-1")), "ready".equals(lines.getProperty("state")), probes));
    }
}
