package io.fanfare.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What is known of one process of a cluster, in {@code run/<process>.properties}. It stays when the process dies: whether
 * that one still runs is told by its number and start time.
 *
 * @param probe answers when it is well
 * @param log what it writes
 */
record MemberFile(String name, ChildRecord process, URI address, URI probe, Path log) {

    static Path path(Path root, String name) {
        return root.resolve("run").resolve(name + ".properties");
    }

    void write(Path root) throws IOException {
        var lines = new Properties();
        lines.setProperty("name", name);
        lines.setProperty("pid", Long.toString(process.pid()));
        lines.setProperty("started", Long.toString(process.started().toEpochMilli()));
        lines.setProperty("address", address.toString());
        lines.setProperty("probe", probe.toString());
        lines.setProperty("log", log.toString());
        Path file = path(root, name);
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(draft)) {
            lines.store(out, null);
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static Optional<MemberFile> read(Path root, String name) throws IOException {
        Path file = path(root, name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
        }
        var process = new ChildRecord(
                Long.parseLong(lines.getProperty("pid", "-1")),
                Instant.ofEpochMilli(Long.parseLong(lines.getProperty("started", "0"))));
        return Optional.of(new MemberFile(
                lines.getProperty("name", name),
                process,
                URI.create(lines.getProperty("address", "")),
                URI.create(lines.getProperty("probe", "")),
                Path.of(lines.getProperty("log", ""))));
    }
}
