package io.fanfare.standalone;

import io.fanfare.connectors.ConnectorDefinition;
import io.fanfare.play.PlayApi;
import io.fanfare.schemas.SchemaRegistration;
import io.fanfare.schemas.TopicCreation;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.store.Migrations;
import io.fanfare.streams.StreamProcessors;
import io.fanfare.worker.FulfillmentWorker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Of which parts the platform consists, and what each of them needs. */
final class Blueprint {

    /** For ever: changing it would move players to other partitions. */
    static final int PARTITIONS = 4;

    private static final short REPLICATION = 1;
    private static final Duration RELAY_PATIENCE = Duration.ofMinutes(1);

    private Blueprint() {}

    static List<Part> of(DataDir dir, Ports ports) {
        Infrastructure infrastructure = Infrastructure.in(dir, ports);
        DurablePostgres postgres = infrastructure.postgres();
        EmbeddedBroker broker = infrastructure.broker();
        RegistryProcess registry = infrastructure.registry();
        ConnectWorker connect = infrastructure.connect();

        Part migrations = Part.step("Migrations", List.of(postgres), () -> migrate(postgres));
        Part topics = Part.step("Topics", List.of(broker), () -> createTopics(broker));
        Part schemas = Part.step("Schemas", List.of(registry), () -> registerSchemas(registry));
        Part relay = Part.step("Outbox relay", List.of(connect, migrations, topics), () -> relay(connect));

        var settings = new ServiceSettings(dir, ports, infrastructure, PARTITIONS);
        Part streams = Part.service(
                "Stream processors",
                at(ports.streams()),
                "/readyz",
                List.of(topics, schemas),
                () -> StreamProcessors.start(settings.streams()));
        Part worker = Part.service(
                "Fulfilment worker",
                at(ports.worker()),
                "/readyz",
                List.of(migrations, topics, schemas),
                () -> FulfillmentWorker.start(settings.worker()));
        Part api = Part.service(
                "Play API",
                at(ports.api()),
                "/readyz",
                List.of(migrations, schemas),
                () -> PlayApi.start(settings.api()));
        List<Part> parts = new ArrayList<>(infrastructure.parts());
        parts.addAll(List.of(migrations, topics, schemas, relay, streams, worker, api));
        return parts;
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    static void migrate(DurablePostgres postgres) {
        new Migrations(new DriverManagerDataSource(postgres.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD))
                .run();
    }

    static void createTopics(EmbeddedBroker broker) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()))) {
            new TopicCreation(PARTITIONS, REPLICATION).createMissing(admin);
        }
    }

    static void registerSchemas(RegistryProcess registry) {
        SchemaRegistration.registerAll(new ConfluentRegistry(registry.url()));
    }

    static void relay(ConnectWorker connect) throws InterruptedException {
        connect.running().apply(ConnectorDefinition.outboxOnPostgresql(), RELAY_PATIENCE);
    }
}
