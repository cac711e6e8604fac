package io.fanfare.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Servers in containers, for the suite under the profile {@code containers}. They go when the JVM does. */
public final class ContainerServers {

    private ContainerServers() {}

    /** MySQL, with the driver that MariaDB is reached by. */
    public static final class MySql implements StoreServer {

        private static final class RunningMySql {
            private static final MySqlFamily DATABASES = started();

            private static MySqlFamily started() {
                var server = new MySQLContainer("mysql:8.4")
                        .withUsername("root")
                        .withPassword("fanfare")
                        .withCommand(
                                "--transaction-isolation=READ-COMMITTED",
                                "--innodb-flush-log-at-trx-commit=1",
                                "--innodb-lock-wait-timeout=10",
                                "--sync-binlog=1",
                                "--max-connections=300");
                server.start();
                return new MySqlFamily(
                        database -> "jdbc:mariadb://%s:%d/%s?allowPublicKeyRetrieval=true"
                                .formatted(server.getHost(), server.getMappedPort(MySQLContainer.MYSQL_PORT), database),
                        "root",
                        "fanfare");
            }
        }

        @Override
        public Database shared() {
            return RunningMySql.DATABASES.shared();
        }

        @Override
        public Database fresh() {
            return RunningMySql.DATABASES.fresh();
        }

        @Override
        public HikariDataSource freshDataSource() {
            return RunningMySql.DATABASES.freshDataSource();
        }

        @Override
        public String toString() {
            return "MYSQL_IN_A_CONTAINER";
        }
    }

    /** PostgreSQL, as it comes: not the build that the embedded one is. */
    public static final class Postgres implements StoreServer {

        private static final AtomicInteger DATABASES = new AtomicInteger();

        private static final class RunningPostgres {
            private static final PostgreSQLContainer POSTGRES = started();
            private static final Database SHARED = migrated();

            private static PostgreSQLContainer started() {
                var server = new PostgreSQLContainer("postgres:18")
                        .withCommand("postgres", "-c", "wal_level=logical", "-c", "max_connections=300");
                server.start();
                return server;
            }
        }

        @Override
        public Database shared() {
            return RunningPostgres.SHARED;
        }

        @Override
        public Database fresh() {
            return migrated();
        }

        @Override
        public HikariDataSource freshDataSource() {
            return empty();
        }

        @Override
        public String toString() {
            return "POSTGRESQL_IN_A_CONTAINER";
        }

        private static Database migrated() {
            HikariDataSource dataSource = empty();
            new Migrations(dataSource).run();
            return Database.over(dataSource);
        }

        private static HikariDataSource empty() {
            String name = "test" + DATABASES.incrementAndGet();
            try (HikariDataSource server = sessions(RunningPostgres.POSTGRES.getDatabaseName())) {
                Database.over(server).jdbc().sql("create database " + name).update();
            }
            return sessions(name);
        }

        private static HikariDataSource sessions(String database) {
            var config = new HikariConfig();
            config.setJdbcUrl("jdbc:postgresql://%s:%d/%s"
                    .formatted(
                            RunningPostgres.POSTGRES.getHost(),
                            RunningPostgres.POSTGRES.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                            database));
            config.setUsername(RunningPostgres.POSTGRES.getUsername());
            config.setPassword(RunningPostgres.POSTGRES.getPassword());
            config.setMaximumPoolSize(40);
            config.setMinimumIdle(1);
            return new HikariDataSource(config);
        }
    }
}
