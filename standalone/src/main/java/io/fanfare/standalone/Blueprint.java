package io.fanfare.standalone;

import io.fanfare.schemas.SchemaRegistration;
import io.fanfare.schemas.TopicCreation;
import io.fanfare.schemas.wire.ConfluentRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Of which parts the platform consists, and what each of them needs. */
final class Blueprint {

    /** For ever: changing it would move players to other partitions. */
    static final int PARTITIONS = 4;

    private static final short REPLICATION = 1;

    private Blueprint() {}

    static List<Part> of(DataDir dir, Ports ports) {
        Infrastructure infrastructure = Infrastructure.in(dir, ports);
        EmbeddedBroker broker = infrastructure.broker();
        RegistryProcess registry = infrastructure.registry();
        Part topics = Part.step("Topics", List.of(broker), () -> createTopics(broker));
        Part schemas = Part.step("Schemas", List.of(registry), () -> registerSchemas(registry));

        List<Part> parts = new ArrayList<>(infrastructure.parts());
        parts.add(topics);
        parts.add(schemas);
        return parts;
    }

    private static void createTopics(EmbeddedBroker broker) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()))) {
            new TopicCreation(PARTITIONS, REPLICATION).createMissing(admin);
        }
    }

    private static void registerSchemas(RegistryProcess registry) {
        SchemaRegistration.registerAll(new ConfluentRegistry(registry.url()));
    }
}
