package io.fanfare.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This very program in a JVM of its own, with other words on its command line, that outlives the one that starts it and does not
 * hear its terminal.
 *
 * @param name by which the process is known
 * @param kind two processes of a kind share an archive of classes, written by the one whose name ends with 1 or with none
 * @param heap such as {@code 384m}
 * @param environment beside that of this process
 */
record JavaProgram(
        DataDir dir, String name, String kind, String heap, List<String> words, Map<String, String> environment)
        implements Member.Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JavaProgram.class);

    /** Longer than a service takes to finish what is under way, a broker to close its logs, and a JVM to write its archive. */
    private static final Duration END_PATIENCE = Duration.ofSeconds(60);

    JavaProgram {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    @Override
    public Optional<ProcessHandle> running() throws IOException {
        return MemberFile.read(dir.root(), name).flatMap(file -> file.process().alive(this::isOurs));
    }

    private boolean isOurs(String commandLine) {
        return (commandLine + " ").contains(marker() + " ");
    }

    @Override
    public ProcessHandle launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(console().toFile());
        builder.environment().putAll(environment);
        // Not on the command line, of which systems show only the beginning.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start().toHandle();
    }

    Path log() {
        return dir.folder("logs").resolve(name + ".log");
    }

    /** What is said before there is a log, and by the JVM itself. */
    Path console() {
        return dir.folder("logs").resolve(name + ".out");
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        // What is ignored here is ignored in the child: the terminal's Ctrl-C and its end are not meant for it.
        command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", name));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(marker());
        command.add("-Dfanfare.logs=" + dir.folder("logs"));
        command.add("-Dfanfare.log=" + name);
        command.add("-Xmx" + heap);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8"));
        command.addAll(archive());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.add(Fanfare.class.getName());
        command.addAll(words);
        return command;
    }

    private List<String> archive() {
        Path archive = dir.folder("cds").resolve(kind + ".jsa");
        boolean writesIt = !name.endsWith("-2");
        if (writesIt) {
            return List.of(
                    "-XX:+AutoCreateSharedArchive",
                    "-XX:SharedArchiveFile=" + archive,
                    "-Xlog:cds=off",
                    "-Xlog:cds+dynamic=off");
        }
        List<String> used = List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        return Files.exists(archive) ? used : List.of();
    }

    private String marker() {
        return "-Dfanfare.member=" + name + "@" + dir.root();
    }

    @Override
    public void end(ProcessHandle process) throws InterruptedException {
        if (!ChildRecord.end(process, END_PATIENCE)) {
            LOG.warn("{} did not end within {} s of being asked and was killed", name, END_PATIENCE.toSeconds());
        }
    }
}
