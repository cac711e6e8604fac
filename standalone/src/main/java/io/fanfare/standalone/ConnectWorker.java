package io.fanfare.standalone;

import io.fanfare.connectors.EmbeddedConnect;
import io.fanfare.connectors.OutboxDatabase;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kafka Connect in this process. It has no connector until {@code running().apply(…)}: the outbox comes with the migrations. */
final class ConnectWorker implements Part {

    private final Ports ports;
    private final DurablePostgres postgres;
    private final EmbeddedBroker broker;
    private @Nullable EmbeddedConnect connect;

    ConnectWorker(Ports ports, DurablePostgres postgres, EmbeddedBroker broker) {
        this.ports = ports;
        this.postgres = postgres;
        this.broker = broker;
    }

    @Override
    public String name() {
        return "Kafka Connect";
    }

    @Override
    public List<Part> needs() {
        return List.of(postgres, broker);
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(URI.create("http://127.0.0.1:" + ports.connect()));
    }

    @Override
    public void start() throws Exception {
        connect = EmbeddedConnect.start(
                broker.bootstrap(),
                ports.connect(),
                new OutboxDatabase(
                        "127.0.0.1",
                        ports.postgres(),
                        DurablePostgres.DATABASE,
                        DurablePostgres.USER,
                        DurablePostgres.PASSWORD));
    }

    @Override
    public void stop() {
        if (connect != null) {
            connect.close();
        }
    }

    EmbeddedConnect running() {
        if (connect == null) {
            throw new IllegalStateException("Connect has not been started");
        }
        return connect;
    }
}
