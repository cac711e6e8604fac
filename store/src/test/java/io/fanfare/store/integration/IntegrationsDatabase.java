package io.fanfare.store.integration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A real PostgreSQL with the migrations applied, for the tests of this package. */
final class IntegrationsDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final DataSource dataSource;

    private IntegrationsDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.dataSource = postgres.getPostgresDatabase();
    }

    static IntegrationsDatabase start() throws IOException {
        var database = new IntegrationsDatabase(EmbeddedPostgres.builder().start());
        Flyway.configure()
                .dataSource(database.dataSource)
                .locations("classpath:io/fanfare/store/migrations/postgresql")
                .load()
                .migrate();
        return database;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    Integrations integrations(IntegrationAnnouncement announcement, SettableClock clock) {
        return new Integrations(jdbc(), new JdbcTransactionManager(dataSource), announcement, clock);
    }

    WebhookDeliveries deliveries(SettableClock clock) {
        return new WebhookDeliveries(
                jdbc(), new NamedParameterJdbcTemplate(dataSource), new JdbcTransactionManager(dataSource), clock);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
