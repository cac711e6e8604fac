package io.fanfare.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which process a platform started, written down so that the next run can end it if this one is killed. A pid alone says
 * nothing, systems use numbers again: only a process with the same number, the same start time and our folder on its command
 * line is ours.
 */
record ChildRecord(long pid, Instant started) {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,10}) (\\d{1,15})");
    /** Start times are rounded to the kernel's tick. */
    private static final Duration CLOCK_GRAIN = Duration.ofMillis(1500);

    static ChildRecord of(ProcessHandle process) {
        return new ChildRecord(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, pid + " " + started.toEpochMilli() + "\n");
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Empty when there is no such file or it says nothing sensible. */
    static Optional<ChildRecord> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher written = WRITTEN.matcher(Files.readString(file).strip());
        return written.matches()
                ? Optional.of(new ChildRecord(
                        Long.parseLong(written.group(1)), Instant.ofEpochMilli(Long.parseLong(written.group(2)))))
                : Optional.empty();
    }

    /** The recorded process, if it still runs and its command line passes. */
    Optional<ProcessHandle> alive(Predicate<String> commandLine) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, started).abs().compareTo(CLOCK_GRAIN) <= 0)
                        .orElse(false))
                .filter(process -> commandLine.test(commandLine(process)));
    }

    /**
     * Ends what a dead platform left running and forgets it.
     *
     * @return the pid that was ended
     */
    static Optional<Long> endOrphan(Path file, Predicate<String> commandLine) throws IOException, InterruptedException {
        Optional<ProcessHandle> orphan = read(file).flatMap(record -> record.alive(commandLine));
        if (orphan.isPresent()) {
            end(orphan.get(), Duration.ofSeconds(10));
        }
        Files.deleteIfExists(file);
        return orphan.map(ProcessHandle::pid);
    }

    /**
     * Asks the process to end, and makes it end after {@code patience}.
     *
     * @return whether asking was enough
     */
    static boolean end(ProcessHandle process, Duration patience) throws InterruptedException {
        process.destroy();
        if (hasEnded(process, patience)) {
            return true;
        }
        process.destroyForcibly();
        if (!hasEnded(process, Duration.ofSeconds(10))) {
            throw new IllegalStateException("pid " + process.pid() + " does not end");
        }
        return false;
    }

    static boolean hasEnded(ProcessHandle process, Duration patience) throws InterruptedException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for pid " + process.pid(), e);
        }
    }

    static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }
}
