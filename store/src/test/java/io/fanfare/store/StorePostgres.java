package io.fanfare.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One real PostgreSQL for all tests of this module; it goes when the JVM does. */
public final class StorePostgres {

    private static final int CONNECTIONS = 40;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private StorePostgres() {}

    /** Started by whoever needs it first. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();
        private static final DataSource MIGRATED = migrated(freshDataSource());

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("wal_level", "logical")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The database that most tests share: they keep apart by their ids. */
    public static Database shared() {
        return Database.over(Server.MIGRATED);
    }

    /** A migrated database of one's own, for tests that look at all of it. */
    public static Database fresh() {
        return Database.over(migrated(freshDataSource()));
    }

    /** As {@link #fresh}, with sessions that do not wait for the log. */
    public static Database freshAndCareless() {
        return Database.over(migrated(freshDataSource("set synchronous_commit = off")));
    }

    /** A database with nothing in it. */
    public static HikariDataSource freshDataSource() {
        return freshDataSource(null);
    }

    private static HikariDataSource freshDataSource(@Nullable String initialStatement) {
        String name = "test" + DATABASES.incrementAndGet();
        Database.over(Server.POSTGRES.getPostgresDatabase())
                .jdbc()
                .sql("create database " + name)
                .update();
        var config = new HikariConfig();
        config.setJdbcUrl(Server.POSTGRES.getJdbcUrl("postgres", name));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        if (initialStatement != null) {
            config.setConnectionInitSql(initialStatement);
        }
        return new HikariDataSource(config);
    }

    private static DataSource migrated(HikariDataSource dataSource) {
        new Migrations(dataSource).run();
        // A session keeps the settings that it began with: the migrations change some.
        dataSource.getHikariPoolMXBean().softEvictConnections();
        return dataSource;
    }
}
