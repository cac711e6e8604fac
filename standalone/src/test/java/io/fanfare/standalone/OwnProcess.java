package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Programs in a JVM of their own, so that a test can kill it, and the children that such a JVM leaves behind. */
final class OwnProcess {

    /** Below the ports that the system gives out by itself: a platform that starts again finds its ports free. */
    private static final int FIRST_API = 20_080;

    private static final int BLOCKS = 50;

    private OwnProcess() {}

    /** The flags are those of {@code ./fanfare up}, but no such JVM lives long enough for the thorough compiler to pay. */
    static ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Xss512k", "-XX:+ExitOnOutOfMemoryError"));
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.add("-D" + RegistryProcess.HOME_PROPERTY + "=" + System.getProperty(RegistryProcess.HOME_PROPERTY));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** A block of ports far from the defaults; where it begins differs between processes that look at the same time. */
    static Ports freePorts() {
        int begin = (int) (ProcessHandle.current().pid() % BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            Ports ports = Ports.withApiAt(FIRST_API + (begin + i) % BLOCKS * 100);
            if (PortCheck.taken(ports).isEmpty()) {
                return ports;
            }
        }
        throw new IllegalStateException("no free block of ports from " + FIRST_API + " on");
    }

    /** The database server of a data folder. Its workers are its children. */
    static ProcessHandle postgres(Path folder) throws IOException {
        String pid =
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    static ProcessHandle registry(Path folder) throws IOException {
        return ChildRecord.read(folder.resolve("run/registry.pid"))
                .flatMap(record -> record.alive(command -> command.contains("quarkus-run.jar")))
                .orElseThrow();
    }

    static void kill(ProcessHandle... processes) throws InterruptedException {
        for (ProcessHandle process : processes) {
            process.destroyForcibly();
        }
        for (ProcessHandle process : processes) {
            assertThat(ChildRecord.hasEnded(process, Duration.ofSeconds(10))).isTrue();
        }
    }
}
