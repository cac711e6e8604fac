package io.fanfare.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How busy the machine is with everything that runs on it, from {@code /proc/stat}. */
public final class Machine {

    /** Below this much idleness figures say something of the neighbours too. */
    public static final double QUIET_PERCENT = 90;

    private static final Path STAT = Path.of("/proc/stat");
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;

    private Machine() {}

    /**
     * Waits for it to be idle.
     *
     * @param wanted percent
     * @return percent that it was idle in the last look, which is less than wanted where the patience was too short
     */
    public static double awaitIdle(double wanted, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        double idle = idle();
        while (idle < wanted && System.nanoTime() < deadline) {
            idle = idle();
        }
        return idle;
    }

    /** What to say of figures that were taken when it was so idle before; nothing where that is enough. */
    public static String remark(double idle) {
        return idle < QUIET_PERCENT ? " (others were at work: the figures are theirs too)" : "";
    }

    private static double idle() throws IOException {
        List<Long> before = times();
        LockSupport.parkNanos(LOOK.toNanos());
        List<Long> after = times();
        long all = sum(after) - sum(before);
        long idle = after.get(IDLE - 1) + after.get(IO_WAIT - 1) - before.get(IDLE - 1) - before.get(IO_WAIT - 1);
        return all == 0 ? 0 : 100.0 * idle / all;
    }

    private static List<Long> times() throws IOException {
        return List.of(Files.readAllLines(STAT).getFirst().split("\\s+")).stream()
                .skip(1)
                .map(Long::valueOf)
                .toList();
    }

    private static long sum(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).sum();
    }
}
