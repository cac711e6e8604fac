package io.fanfare.bench.platform;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a process of the platform says of itself in a run file; it may have died since.
 *
 * @param parts by name, where to ask whether it is well
 */
record RunState(long pid, boolean ready, Map<String, URI> parts) {

    private static final String API = "Play API";

    RunState {
        parts = Map.copyOf(parts);
    }

    List<URI> probes() {
        return List.copyOf(parts.values());
    }

    /** @param file that this was read from */
    int apiPort(Path file) throws IOException {
        URI api = parts.get(API);
        if (api == null) {
            throw new IOException("%s names no %s".formatted(file, API));
        }
        return api.getPort();
    }

    static Optional<RunState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
        }
        Map<String, URI> probes = new HashMap<>();
        int parts = Integer.parseInt(lines.getProperty("parts", "0"));
        for (int i = 0; i < parts; i++) {
            probes.put(
                    lines.getProperty("part." + i + ".name", ""),
                    URI.create(lines.getProperty("part." + i + ".probe", "")));
        }
        if (lines.containsKey("probe")) {
            // A process that is one part only.
            probes.put(lines.getProperty("name", ""), URI.create(lines.getProperty("probe")));
        }
        return Optional.of(new RunState(
                Long.parseLong(lines.getProperty("pid", "-1")), "ready".equals(lines.getProperty("state")), probes));
    }
}
