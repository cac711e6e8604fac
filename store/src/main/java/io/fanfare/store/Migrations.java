package io.fanfare.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date. Every service runs it at start; those that start together wait for one another. The location
 * and the history table are the platform's own, so that they meet nobody else's on the classpath or in the database.
 */
@AcrossTenants("the schema is everybody's")
public final class Migrations {

    public static final String LOCATION = "classpath:io/fanfare/store/migrations/postgresql";
    public static final String HISTORY_TABLE = "fanfare_schema_history";

    private final Flyway flyway;

    public Migrations(DataSource dataSource) {
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
        flyway.migrate();
    }

    /** Whether nothing is left to run: part of being ready. */
    public boolean areComplete() {
        return flyway.info().pending().length == 0;
    }
}
