package io.fanfare.standalone;

import java.nio.file.Path;

/**
 * The platform's PostgreSQL without the platform, as a program: the same server with the same settings, on a folder of its own. It
 * says {@code ready <pid> <jdbc url> <user> <password>} on standard output, and ends with its standard input.
 */
final class PostgresAlone {

    private PostgresAlone() {}

    /** @param words folder and port */
    public static void main(String... words) throws Exception {
        if (words.length != 2) {
            System.err.println("expected a folder and a port, got " + words.length + " words");
            System.exit(2);
        }
        try (DataDir dir = DataDir.open(Path.of(words[0]))) {
            var server = new DurablePostgres(dir, Integer.parseInt(words[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "end of PostgreSQL"));
            server.start();
            System.out.println("ready %d %s %s %s"
                    .formatted(server.pid(), server.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD));
            System.in.readAllBytes();
        }
    }

    /** Also where the program is told to end by a signal. */
    private static void end(DurablePostgres server) {
        try {
            if (server.isAlive()) {
                server.stop();
            }
        } catch (Exception e) {
            throw new IllegalStateException("PostgreSQL did not end", e);
        }
    }
}
