package io.fanfare.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Brings the schema up to date. Every service runs it at start; those that start together wait for one another. The location
 * and the history table are the platform's own, so that they meet nobody else's on the classpath or in the database.
 */
@AcrossTenants("the schema is everybody's")
public final class Migrations {

    public static final String LOCATION = "classpath:io/fanfare/store/migrations/postgresql";
    public static final String HISTORY_TABLE = "fanfare_schema_history";

    /** Any number that nobody else locks in this database. */
    private static final long LOCK = 0x66616E66617265L;

    private final Flyway flyway;
    private final DataSource dataSource;

    public Migrations(DataSource dataSource) {
        this.dataSource = dataSource;
        this.flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION)
                .table(HISTORY_TABLE)
                // Others may keep tables in the same schema: it need not be empty.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .validateMigrationNaming(true)
                .load();
    }

    /** Runs what has not been run; throws where one fails or was changed after it ran. */
    public void run() {
        // Flyway locks while it migrates, but not while it sets up its own table: two first starts would trip over it.
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(%d)".formatted(LOCK));
            try {
                flyway.migrate();
            } finally {
                statement.execute("select pg_advisory_unlock(%d)".formatted(LOCK));
            }
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("the migrations could not be run", e);
        }
    }

    /** Whether nothing is left to run: part of being ready. */
    public boolean areComplete() {
        return flyway.info().pending().length == 0;
    }
}
