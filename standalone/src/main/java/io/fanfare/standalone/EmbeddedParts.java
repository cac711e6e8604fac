package io.fanfare.standalone;

import io.fanfare.connectors.EmbeddedConnect;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

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
    private final Infrastructure parts;
    private final Platform platform;

    private EmbeddedParts(DataDir dir, Ports ports) {
        this.dir = dir;
        this.ports = ports;
        this.parts = Infrastructure.in(dir, ports);
        this.platform = new Platform(parts.parts(), Platform.Progress.silent());
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
        return parts.broker().bootstrap();
    }

    String jdbcUrl() {
        return parts.postgres().jdbcUrl();
    }

    URI registryUrl() {
        return parts.registry().url();
    }

    EmbeddedConnect connect() {
        return parts.connect().running();
    }

    @Override
    public void close() throws IOException {
        platform.stop();
        dir.close();
    }
}
