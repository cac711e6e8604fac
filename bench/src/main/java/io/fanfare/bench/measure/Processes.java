package io.fanfare.bench.measure;

import io.fanfare.bench.platform.Installation;
import io.fanfare.bench.platform.Victim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the processes of a platform, and this one, cost. */
public final class Processes {

    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB$");
    /** Of a thread's name and state: the processor time in user and in kernel mode, which are the 14th and 15th field. */
    private static final Pattern COMPILER =
            Pattern.compile("\\(C[12] CompilerThre[^)]*\\) \\S(?: \\S+){10} (\\d+) (\\d+)");
    /** What Linux counts processor time in, on every machine that Java runs on. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final String OURS = "bench";

    private final Installation installation;

    public Processes(Installation installation) {
        this.installation = installation;
    }

    /** CPU time so far, by part. */
    public Map<String, Duration> cpu() throws IOException {
        Map<String, Duration> cpu = new LinkedHashMap<>();
        for (Victim part : installation.parts()) {
            cpu.put(
                    part.name(),
                    installation.processes(part).stream().map(Processes::cpu).reduce(Duration.ZERO, Duration::plus));
        }
        cpu.put(OURS, cpu(ProcessHandle.current()));
        return cpu;
    }

    /**
     * CPU time so far of the compilers of every Java process. A compiler thread that has ended is not counted any more: there was
     * nothing left for it to do.
     */
    public Duration compiling() throws IOException {
        long ticks = 0;
        for (Victim part : installation.parts()) {
            for (ProcessHandle process : installation.processes(part)) {
                ticks += compilerTicks(process);
            }
        }
        return TICK.multipliedBy(ticks);
    }

    private static long compilerTicks(ProcessHandle process) throws IOException {
        long ticks = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc/%d/task".formatted(process.pid())))) {
            for (Path thread : threads) {
                Matcher compiler = COMPILER.matcher(statOf(thread));
                if (compiler.find()) {
                    ticks += Long.parseLong(compiler.group(1)) + Long.parseLong(compiler.group(2));
                }
            }
        } catch (NoSuchFileException ended) {
            return 0;
        }
        return ticks;
    }

    private static String statOf(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (NoSuchFileException ended) {
            return "";
        }
    }

    /** CPU seconds per 1,000 of what was done between two looks, by part; 0 where nothing was done. */
    public static Map<String, Double> perThousand(
            Map<String, Duration> before, Map<String, Duration> after, long done) {
        Map<String, Double> cost = new HashMap<>();
        after.forEach((part, cpu) -> cost.put(
                part,
                done == 0
                        ? 0
                        : cpu.minus(before.getOrDefault(part, Duration.ZERO)).toMillis() / (double) done));
        return cost;
    }

    /** For people, in the order of the names. */
    public static String line(String what, Map<String, Double> perThousand) {
        var line = new StringBuilder("  CPU seconds per 1,000 %s:".formatted(what));
        new TreeMap<>(perThousand)
                .forEach((part, seconds) -> line.append(String.format(Locale.ROOT, " %s %.2f", part, seconds)));
        return line.toString();
    }

    /** Memory by part in MiB: proportional set size, which counts what processes share once. */
    public Map<String, Double> memory() throws IOException {
        Map<String, Double> memory = new LinkedHashMap<>();
        for (Victim part : installation.parts()) {
            double sum = 0;
            for (ProcessHandle process : installation.processes(part)) {
                sum += pss(process);
            }
            memory.put(part.name(), sum);
        }
        return memory;
    }

    /** Has every Java process of the platform throw away what nobody holds, so that its heap is what is held. */
    public void collectGarbage() throws IOException, InterruptedException {
        for (Victim part : installation.parts()) {
            for (ProcessHandle process : installation.processes(part)) {
                if (process.info().command().orElse("").endsWith("/java")) {
                    collectGarbage(process.pid());
                }
            }
        }
    }

    private static void collectGarbage(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException("process %d did not collect its garbage: %s".formatted(pid, said.strip()));
        }
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double pss(ProcessHandle process) throws IOException {
        try {
            Matcher found = PSS.matcher(Files.readString(Path.of("/proc/%d/smaps_rollup".formatted(process.pid()))));
            return found.find() ? Long.parseLong(found.group(1)) / 1024.0 : 0;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
