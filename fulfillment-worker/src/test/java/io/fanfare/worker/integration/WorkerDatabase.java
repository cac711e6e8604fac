package io.fanfare.worker.integration;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.Migrations;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.integration.DeliveryBacklog;
import io.fanfare.store.integration.EventType;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.IntegrationDraft;
import io.fanfare.store.integration.IntegrationStatus;
import io.fanfare.store.integration.IntegrationType;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.Integrations.Creation;
import io.fanfare.store.integration.WebhookDeliveries;
import io.fanfare.store.integration.WebhookEndpoint;
import io.fanfare.store.integration.WebhookSecret;
import io.fanfare.store.outbox.Outbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A real PostgreSQL with the migrations applied, which can be made to disappear for a while. */
final class WorkerDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final SwitchableDataSource dataSource;

    private static final class SwitchableDataSource extends DelegatingDataSource {

        private volatile boolean isDown;

        SwitchableDataSource(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (isDown) {
                throw new SQLException("the database is down");
            }
            return super.getConnection();
        }
    }

    private WorkerDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.dataSource = new SwitchableDataSource(postgres.getPostgresDatabase());
    }

    static WorkerDatabase start() throws IOException {
        var database = new WorkerDatabase(EmbeddedPostgres.builder().start());
        new Migrations(database.dataSource).run();
        return database;
    }

    void goDown() {
        dataSource.isDown = true;
    }

    void comeBack() {
        dataSource.isDown = false;
    }

    void empty() {
        jdbc().sql("truncate integration, webhook_delivery, webhook_attempt").update();
    }

    JdbcClient jdbc() {
        return Database.over(dataSource).jdbc();
    }

    Integrations integrations(Clock clock) {
        var database = Database.over(dataSource);
        return new Integrations(database, new Outbox(database, new InMemoryRegistry()), new Ids(), clock);
    }

    WebhookDeliveries deliveries(Clock clock) {
        return new WebhookDeliveries(Database.over(dataSource), clock);
    }

    DeliveryBacklog backlog(Clock clock) {
        return new DeliveryBacklog(Database.over(dataSource), clock);
    }

    /** One of tenant ada's, for all events that there are. */
    Integration created(String url, @Nullable String secret, Clock clock) {
        var endpoint = new WebhookEndpoint(URI.create(url), secret == null ? null : new WebhookSecret(secret));
        var draft = new IntegrationDraft(
                null,
                null,
                IntegrationType.WEBHOOK,
                EnumSet.allOf(EventType.class),
                endpoint,
                IntegrationStatus.ACTIVE);
        return switch (integrations(clock).create(new TenantId("ada"), draft, null)) {
            case Creation.Created(Integration made) -> made;
            case Creation.TooMany tooMany -> throw new AssertionError(tooMany);
        };
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
