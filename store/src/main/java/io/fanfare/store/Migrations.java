package io.fanfare.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Brings the schema up to date. Every service runs it at start; those that start together wait for one another. The location
 * and the history table are the platform's own, so that they meet nobody else's on the classpath or in the database.
 */
@AcrossTenants("the schema is everybody's")
public final class Migrations {

    public static final String HISTORY_TABLE = "fanfare_schema_history";

    private static final String LOCATION = "classpath:io/fanfare/store/migrations/";

    /** Any number that nobody else locks in this database. */
    private static final long LOCK = 0x66616E66617265L;

    /** As a lock of MariaDB is called, which are of the server, not of a database. */
    private static final String NAMED_LOCK = "concat('fanfare:', left(md5(database()), 32))";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final DataSource dataSource;
    private volatile @Nullable Flavour flavour;

    /**
     * What differs from database to database.
     *
     * @param folder of the migrations
     * @param collation of texts, by their bytes; empty where the migrations name it themselves
     */
    private record Flavour(Dialect dialect, String folder, String collation) {

        static Flavour of(Connection connection) throws SQLException {
            String product = connection.getMetaData().getDatabaseProductName();
            Dialect dialect = Dialect.ofProduct(product);
            return switch (dialect) {
                case POSTGRESQL -> new Flavour(dialect, "postgresql", "");
                case MARIADB ->
                    new Flavour(dialect, "mariadb", product.equals("MySQL") ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin");
            };
        }
    }

    public Migrations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs what has not been run; throws where one fails or was changed after it ran.
     *
     * @throws IllegalStateException where the server is not set up as the stores need it, before anything is changed
     */
    public void run() {
        runUpTo(MigrationVersion.LATEST);
    }

    /** Leaves the schema as it was when this one was the newest: tests of a later one begin there. */
    void runUpTo(MigrationVersion newest) {
        // Flyway locks while it migrates, but not while it sets up its own table: two first starts would trip over it.
        Flavour ours = flavour();
        try (Connection connection = dataSource.getConnection()) {
            switch (ours.dialect()) {
                case POSTGRESQL -> migrateAlone(connection, flyway(ours, newest));
                case MARIADB -> {
                    MariaDbSettings.require(connection);
                    migrateAloneByName(connection, flyway(ours, newest));
                }
            }
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("the migrations could not be run", e);
        }
    }

    /** Whether nothing is left to run: part of being ready. */
    public boolean areComplete() {
        return flyway(flavour(), MigrationVersion.LATEST).info().pending().length == 0;
    }

    private Flavour flavour() {
        Flavour known = flavour;
        if (known == null) {
            try (Connection connection = dataSource.getConnection()) {
                known = Flavour.of(connection);
            } catch (SQLException e) {
                throw new CannotGetJdbcConnectionException("the database does not say what it is", e);
            }
            flavour = known;
        }
        return known;
    }

    private static void migrateAlone(Connection connection, Flyway flyway) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(%d)".formatted(LOCK));
            try {
                flyway.migrate();
            } finally {
                statement.execute("select pg_advisory_unlock(%d)".formatted(LOCK));
            }
        }
    }

    private static void migrateAloneByName(Connection connection, Flyway flyway) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("select get_lock(%s, %d)".formatted(NAMED_LOCK, PATIENCE.toSeconds()))) {
                if (!row.next() || row.getInt(1) != 1) {
                    throw new CannotAcquireLockException("somebody else migrates for longer than " + PATIENCE);
                }
            }
            try {
                flyway.migrate();
            } finally {
                statement.execute("select release_lock(%s)".formatted(NAMED_LOCK));
            }
        }
    }

    private Flyway flyway(Flavour ours, MigrationVersion newest) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION + ours.folder())
                .table(HISTORY_TABLE)
                .placeholders(Map.of("collation", ours.collation()))
                // Others may keep tables in the same schema: it need not be empty.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .validateMigrationNaming(true)
                .target(newest)
                .load();
    }
}
