package io.fanfare.bench.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of one run. It is new or empty, or one that an earlier run has left. */
public record Folder(Path path) {

    private static final String OURS = "FANFARE_BENCH";

    /**
     * Takes a folder and empties it.
     *
     * @throws IOException where it holds something else than an earlier run
     */
    public static Folder claim(Path path) throws IOException {
        var folder = new Folder(path);
        if (Files.exists(path)) {
            try (Stream<Path> content = Files.list(path)) {
                if (content.findAny().isPresent() && !Files.exists(path.resolve(OURS))) {
                    throw new IOException(
                            path + " holds something else than an earlier run; take an empty or new folder");
                }
            }
            if (Files.exists(path.resolve("platform/lock"))) {
                folder.refuseRunning();
            }
            folder.delete();
        }
        Files.createDirectories(path);
        Files.writeString(path.resolve(OURS), "This folder is made and removed by ./fanfare bench.\n");
        return folder;
    }

    private void refuseRunning() throws IOException {
        if (RunState.read(path.resolve("platform/run/platform.properties"))
                .flatMap(run -> ProcessHandle.of(run.pid()))
                .filter(process -> process.info().commandLine().orElse("").contains(path.toString()))
                .isPresent()) {
            throw new IOException("a platform still runs on %s; stop it with ./fanfare down --data %s"
                    .formatted(path, path.resolve("platform")));
        }
    }

    public void delete() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
