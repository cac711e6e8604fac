package io.fanfare.store.integration;

import io.fanfare.events.IntegrationConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database, and the stores of this package on it. */
final class IntegrationsDatabase {

    private final Database database;
    private final SchemaRegistry registry = new InMemoryRegistry();

    IntegrationsDatabase(Database database) {
        this.database = database;
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
}
