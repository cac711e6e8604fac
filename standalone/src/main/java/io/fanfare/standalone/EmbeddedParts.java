package io.fanfare.standalone;

import io.fanfare.connectors.EmbeddedConnect;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The real parts without the services, for tests that need the outbox relay from end to end. Start them once per suite:
 *
 * <pre>{@code
 * try (var parts = EmbeddedParts.start(folder, Ports.free())) {
 *     // migrate parts.jdbcUrl(), create topics at parts.bootstrap()
 *     parts.connect().apply(ConnectorDefinition.outboxOnPostgresql(), Duration.ofSeconds(30));
 * }
 * }</pre>
 */
final class EmbeddedParts implements AutoCloseable {

    private final DataDir dir;
    private final Ports ports;
    private final DurablePostgres postgres;
    private final EmbeddedBroker broker;
    private final RegistryProcess registry;
    private final ConnectWorker connect;
    private final Platform platform;

    private EmbeddedParts(DataDir dir, Ports ports) {
        this.dir = dir;
        this.ports = ports;
        this.postgres = new DurablePostgres(dir, ports.postgres());
        this.broker = new EmbeddedBroker(dir, ports);
        this.registry = new RegistryProcess(dir, ports, postgres);
        this.connect = new ConnectWorker(ports, postgres, broker);
        this.platform = new Platform(List.of(postgres, broker, registry, connect), Platform.Progress.silent());
    }

    /** Continues with the data in the folder, if there is any, after ending what a killed run left behind. */
    static EmbeddedParts start(Path folder, Ports ports) throws InterruptedException {
        DataDir dir = DataDir.open(folder);
        Orphans.end(dir.root());
        var parts = new EmbeddedParts(dir, ports);
        parts.platform.start();
        return parts;
    }

    Ports ports() {
        return ports;
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    URI registryUrl() {
        return registry.url();
    }

    EmbeddedConnect connect() {
        return connect.running();
    }

    @Override
    public void close() throws IOException {
        platform.stop();
        dir.close();
    }
}
