package io.fanfare.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of this module; it goes when the JVM does. */
public final class StorePostgres {

    private static final int CONNECTIONS = 40;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private StorePostgres() {}

    /** Started by whoever needs it first. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();
        private static final String MIGRATED = migrated();
        private static final Database SHARED = fresh();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("wal_level", "logical")
                        .setServerConfig("max_connections", "500")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A database to be copied; nobody may be connected to it then. */
        private static String migrated() {
            String name = created("template0");
            try (HikariDataSource dataSource = sessions(name, "select 1")) {
                new Migrations(dataSource).run();
            }
            return name;
        }
    }

    /** The database that most tests share: they keep apart by their ids. */
    public static Database shared() {
        return Server.SHARED;
    }

    /** A migrated database of one's own, for tests that look at all of it. */
    public static Database fresh() {
        return Database.over(sessions(created(Server.MIGRATED), "set synchronous_commit = on"));
    }

    /** As {@link #fresh}, with sessions that do not wait for the log. */
    public static Database freshAndCareless() {
        return Database.over(sessions(created(Server.MIGRATED), "set synchronous_commit = off"));
    }

    /** A database with nothing in it, and sessions as the server sets them up. */
    public static HikariDataSource freshDataSource() {
        return sessions(created("template0"), "select 1");
    }

    private static String created(String template) {
        String name = "test" + DATABASES.incrementAndGet();
        Database.over(Server.POSTGRES.getPostgresDatabase())
                .jdbc()
                .sql("create database %s template %s".formatted(name, template))
                .update();
        return name;
    }

    private static HikariDataSource sessions(String database, String initialStatement) {
        var config = new HikariConfig();
        config.setJdbcUrl(Server.POSTGRES.getJdbcUrl("postgres", database));
        config.setMaximumPoolSize(CONNECTIONS);
        // Many tests have a database of their own: its sessions go soon after the test.
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        config.setConnectionInitSql(initialStatement);
        return new HikariDataSource(config);
    }
}
