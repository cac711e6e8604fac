package io.fanfare.bench.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A platform to work on: one of our own, which is launched now and ended afterwards, or one that runs and is left as it is. */
public final class Lease implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Installation installation;
    private final Folder folder;
    private final @Nullable Custody custody;

    /** @param custody of a platform of our own; null where it is somebody else's */
    private Lease(Installation installation, Folder folder, @Nullable Custody custody) {
        this.installation = installation;
        this.folder = folder;
        this.custody = custody;
    }

    /**
     * Returns when the platform is well.
     *
     * @param folder of the run; the platform is in it, where it is our own
     * @param running data folder of a platform that runs; empty for one of our own
     */
    public static Lease of(Folder folder, int port, Optional<Path> running) throws IOException, InterruptedException {
        Script script = Script.fromProperties(folder.path().resolve("fanfare.out"));
        if (running.isPresent()) {
            return new Lease(Standalone.running(script, running.get()), folder, null);
        }
        var ours = new Standalone(script, folder.path().resolve("platform"), port);
        var lease = new Lease(ours, folder, new Custody(ours));
        try {
            lease.launch();
            return lease;
        } catch (IOException | InterruptedException e) {
            lease.close();
            throw e;
        }
    }

    private void launch() throws IOException, InterruptedException {
        installation.launch();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (installation.isLaunching() || installation.needsLaunch() || !installation.isWell()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the platform is not well after %d s; see %s"
                        .formatted(PATIENCE.toSeconds(), installation.logs()));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    public Installation installation() {
        return installation;
    }

    /** File of acknowledgements, new with every run. */
    public Path acks() throws IOException {
        Path acks = folder.path().resolve("acks.ndjson");
        Files.deleteIfExists(acks);
        return acks;
    }

    @Override
    public void close() throws IOException {
        if (custody != null) {
            custody.close();
        }
    }
}
