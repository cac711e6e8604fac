package io.fanfare.standalone;

import java.util.List;

/** The parts that are not ours: what a distributed deployment finds already there. */
record Infrastructure(
        DurablePostgres postgres, EmbeddedBroker broker, RegistryProcess registry, ConnectWorker connect) {

    static Infrastructure in(DataDir dir, Ports ports) {
        var postgres = new DurablePostgres(dir, ports.postgres());
        var broker = new EmbeddedBroker(dir, ports);
        return new Infrastructure(
                postgres,
                broker,
                new RegistryProcess(dir, ports, postgres),
                new ConnectWorker(ports, postgres, broker));
    }

    /** In the order in which they are stopped from the end: Connect, registry, broker, PostgreSQL. */
    List<Part> parts() {
        return List.of(postgres, broker, registry, connect);
    }
}
