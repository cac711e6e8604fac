package io.fanfare.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds taken ports before anything is started, and who took them as far as the system tells. */
final class PortCheck {

    private static final Pattern COLUMNS = Pattern.compile("\\s+");
    private static final String LISTENING = "0A";

    private PortCheck() {}

    /** A port that somebody else listens on. {@code holder} is empty when the system does not tell. */
    record Taken(String part, int port, Optional<ProcessHandle> holder) {

        String describe() {
            String who = holder.map(process -> "held by pid " + process.pid()
                            + process.info()
                                    .command()
                                    .map(command -> " (" + command + ")")
                                    .orElse(""))
                    .orElse("held by another program");
            return "port " + port + " of " + part + " is taken, " + who;
        }
    }

    static List<Taken> taken(Ports ports) {
        return taken(ports.byPart());
    }

    static List<Taken> taken(Map<String, Integer> ports) {
        return ports.entrySet().stream()
                .filter(entry -> !isFree(entry.getValue()))
                .map(entry -> new Taken(entry.getKey(), entry.getValue(), holder(entry.getValue())))
                .toList();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Linux only: the socket's inode from /proc/net, then the process that has it open. */
    private static Optional<ProcessHandle> holder(int port) {
        List<String> inodes = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)))
                .map(line -> COLUMNS.splitAsStream(line.strip()).toList())
                .filter(columns -> columns.size() > 9
                        && columns.get(1).endsWith(String.format(Locale.ROOT, ":%04X", port))
                        && columns.get(3).equals(LISTENING))
                .map(columns -> "socket:[" + columns.get(9) + "]")
                .toList();
        if (inodes.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> hasOpen(process.pid(), inodes))
                .findFirst();
    }

    private static boolean hasOpen(long pid, List<String> links) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.anyMatch(descriptor -> links.contains(target(descriptor)));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException noSuchTable) {
            return Stream.empty();
        }
    }

    /** One line per port, and what can be done about it. */
    static String explain(List<Taken> taken) {
        return taken.stream().map(Taken::describe).collect(Collectors.joining("\n"))
                + "\nstop it, or move this platform with --port N (all its ports move along)";
    }
}
