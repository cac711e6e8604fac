package io.fanfare.bench.platform;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** SIGKILL: nothing is said, nothing is put away. */
final class Death {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Death() {}

    /** Returns when all of them are dead. */
    static void of(List<ProcessHandle> dying) throws IOException, InterruptedException {
        dying.forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (dying.stream().anyMatch(Death::isRunning)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("of %s some do not die".formatted(dying));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    static List<ProcessHandle> withDescendants(ProcessHandle process) {
        var all = new ArrayList<>(List.of(process));
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.forEach(all::add);
        }
        return all;
    }

    /** A dead process that its parent has not looked at yet has no command line any more. */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().commandLine().isPresent();
    }
}
