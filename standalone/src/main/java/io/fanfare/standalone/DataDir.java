package io.fanfare.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything of one platform, for as long as this object is open. Its lock dies with the process that
 * holds it, whatever way that ends, so it is never stale.
 */
final class DataDir implements AutoCloseable {

    private static final String MARKER = "FANFARE_DATA";
    private static final String LOCK = "lock";
    /** Beside the marker and the lock: logs, caches, and what ./fanfare put there for the process that deletes the rest. */
    private static final Set<String> NOT_DATA = Set.of(MARKER, LOCK, "logs", "bin", "cds", "app", "console.log");
    /** First start writes about 500 MB: unpacked servers, WAL and class archives. */
    private static final long NEEDED_BYTES = 1L << 30;

    private final Path root;
    private final @Nullable FileChannel channel;
    private final @Nullable FileLock lock;

    private DataDir(Path root, @Nullable FileChannel channel, @Nullable FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /** The folder as a process sees it that was started by the one which opened it. */
    static DataDir ofMember(Path root) {
        return new DataDir(root.toAbsolutePath().normalize(), null, null);
    }

    /**
     * Makes or opens the folder for this process alone.
     *
     * @throws CannotStart when it is in use, is somebody else's folder, or its disk has less than 1 GB left
     */
    static DataDir open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            if (Files.exists(root) && !Files.exists(root.resolve(MARKER)) && !isEmpty(root)) {
                throw new CannotStart(
                        root + " holds something else than the data of Fanfare; take an empty or new folder");
            }
            Files.createDirectories(root);
            @Nullable DataDir opened = lock(root);
            if (opened == null) {
                String holder = Files.readString(root.resolve(LOCK)).strip();
                throw new CannotStart(
                        "a platform already runs on " + root + (holder.isEmpty() ? "" : " (pid " + holder + ")")
                                + "; stop it with ./fanfare down, or take another folder with --data DIR");
            }
            Files.writeString(
                    root.resolve(MARKER),
                    "All data of one Fanfare platform (./fanfare up). ./fanfare up --fresh deletes it.\n");
            opened.refuseShortDisk();
            return opened;
        } catch (IOException e) {
            throw new CannotStart("cannot use " + root + " as data folder: " + e, e);
        }
    }

    private static @Nullable DataDir lock(Path root) throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            return null;
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return new DataDir(root, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    /** Deletes all that earlier runs left, children of a dead run must have been ended before. */
    void clear() {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.filter(
                            path -> !NOT_DATA.contains(path.getFileName().toString()))
                    .toList()) {
                delete(entry);
            }
        } catch (IOException e) {
            throw new CannotStart("cannot delete the data in " + root + ": " + e, e);
        }
    }

    private static void delete(Path tree) throws IOException {
        List<Path> deepestLast;
        try (Stream<Path> walk = Files.walk(tree)) {
            deepestLast = walk.toList();
        }
        for (Path path : deepestLast.reversed()) {
            Files.delete(path);
        }
    }

    private void refuseShortDisk() throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < NEEDED_BYTES) {
            close();
            throw new CannotStart("the disk of " + root + " has " + (free >> 20) + " MB left, and "
                    + (NEEDED_BYTES >> 20) + " MB are needed; make room, or take another disk with --data DIR");
        }
    }

    Path root() {
        return root;
    }

    /** A folder in here, made if missing. */
    Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + root.resolve(name), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(
                    entry -> NOT_DATA.contains(entry.getFileName().toString()));
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null && channel != null) {
            lock.release();
            channel.close();
        }
    }
}
