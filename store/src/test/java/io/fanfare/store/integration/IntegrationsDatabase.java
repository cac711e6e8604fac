package io.fanfare.store.integration;

import io.fanfare.events.IntegrationConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.Migrations;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real PostgreSQL with the migrations applied, for the tests of this package. */
final class IntegrationsDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final Database database;
    private final SchemaRegistry registry = new InMemoryRegistry();

    private IntegrationsDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.database = Database.over(postgres.getPostgresDatabase());
    }

    static IntegrationsDatabase start() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        new Migrations(postgres.getPostgresDatabase()).run();
        return new IntegrationsDatabase(postgres);
    }

    JdbcClient jdbc() {
        return database.jdbc();
    }

    Integrations integrations(SettableClock clock) {
        return integrations(registry, clock);
    }

    Integrations integrations(SchemaRegistry schemas, SettableClock clock) {
        return new Integrations(database, new Outbox(database, schemas), new Ids(), clock);
    }

    WebhookDeliveries deliveries(SettableClock clock) {
        return new WebhookDeliveries(database, clock);
    }

    DeliveryBacklog backlog(SettableClock clock) {
        return new DeliveryBacklog(database, clock);
    }

    /** What the outbox holds of an integration, oldest first. */
    List<IntegrationConfigured> announced(IntegrationId id) {
        var reader = new RecordReader<>(Topics.CONFIG, registry);
        return jdbc().sql("select payload from outbox where aggregateid like :key order by position")
                .param("key", "%/integration/" + id + "/%")
                .query((row, _) -> (IntegrationConfigured) reader.read(row.getBytes("payload")))
                .list();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
