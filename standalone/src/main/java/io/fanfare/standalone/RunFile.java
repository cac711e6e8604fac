package io.fanfare.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a running platform says of itself in {@code run/platform.properties}, for {@code status}, {@code down} and
 * {@code up --detach}. It may be of a run that was killed: {@link #process} tells.
 */
record RunFile(ChildRecord self, boolean ready, List<Entry> parts) {

    private static final String NAME = "platform.properties";
    private static final String MAIN_CLASS = "io.fanfare.standalone.Fanfare";

    RunFile {
        parts = List.copyOf(parts);
    }

    /** One part with an address; {@code probe} answers when it is well. */
    record Entry(String name, long pid, URI address, URI probe) {}

    static RunFile of(List<Part> parts, boolean ready) {
        List<Entry> entries = new ArrayList<>();
        for (Part part : parts) {
            part.address()
                    .ifPresent(address -> entries.add(new Entry(
                            part.name(), part.pid(), address, part.probe().orElse(address))));
        }
        return new RunFile(ChildRecord.of(ProcessHandle.current()), ready, entries);
    }

    /** The platform that wrote this, if it still runs. */
    Optional<ProcessHandle> process() {
        return self.alive(command -> command.contains(MAIN_CLASS));
    }

    Instant started() {
        return self.started();
    }

    void write(Path root) {
        Properties lines = new Properties();
        lines.setProperty("pid", Long.toString(self.pid()));
        lines.setProperty("started", Long.toString(self.started().toEpochMilli()));
        lines.setProperty("state", ready ? "ready" : "starting");
        lines.setProperty("parts", Integer.toString(parts.size()));
        for (int i = 0; i < parts.size(); i++) {
            Entry part = parts.get(i);
            lines.setProperty("part." + i + ".name", part.name());
            lines.setProperty("part." + i + ".pid", Long.toString(part.pid()));
            lines.setProperty("part." + i + ".address", part.address().toString());
            lines.setProperty("part." + i + ".probe", part.probe().toString());
        }
        Path file = root.resolve("run").resolve(NAME);
        Path draft = file.resolveSibling(NAME + ".new");
        try {
            Files.createDirectories(file.getParent());
            try (Writer out = Files.newBufferedWriter(draft)) {
                lines.store(out, null);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static Optional<RunFile> read(Path root) throws IOException {
        Path file = root.resolve("run").resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
        }
        List<Entry> parts = new ArrayList<>();
        int count = Integer.parseInt(lines.getProperty("parts", "0"));
        for (int i = 0; i < count; i++) {
            String prefix = "part." + i + ".";
            parts.add(new Entry(
                    lines.getProperty(prefix + "name", ""),
                    Long.parseLong(lines.getProperty(prefix + "pid", "-1")),
                    URI.create(lines.getProperty(prefix + "address", "")),
                    URI.create(lines.getProperty(prefix + "probe", ""))));
        }
        var self = new ChildRecord(
                Long.parseLong(lines.getProperty("pid", "-1")),
                Instant.ofEpochMilli(Long.parseLong(lines.getProperty("started", "0"))));
        return Optional.of(new RunFile(self, "ready".equals(lines.getProperty("state")), parts));
    }

    static boolean exists(Path root) {
        return Files.exists(root.resolve("run").resolve(NAME));
    }

    static void delete(Path root) throws IOException {
        Files.deleteIfExists(root.resolve("run").resolve(NAME));
    }
}
