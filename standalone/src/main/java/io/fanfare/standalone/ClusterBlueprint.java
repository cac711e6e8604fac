package io.fanfare.standalone;

import io.fanfare.connectors.ConnectorDefinition;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Of which processes a cluster consists, and what each of them needs: one of everything that is not ours, two of each service. */
final class ClusterBlueprint {

    static final List<Integer> INSTANCES = List.of(1, 2);

    private final DataDir dir;
    private final ClusterPorts ports;
    private final Infrastructure infrastructure;
    private final ClusterSettings settings;

    private ClusterBlueprint(DataDir dir, ClusterPorts ports) {
        this.dir = dir;
        this.ports = ports;
        this.infrastructure = Infrastructure.in(dir, ports.first());
        this.settings = new ClusterSettings(
                new ServiceSettings(dir, ports.first(), infrastructure, Blueprint.PARTITIONS), ports);
    }

    static List<Part> of(DataDir dir, ClusterPorts ports) {
        return new ClusterBlueprint(dir, ports).parts();
    }

    private List<Part> parts() {
        Part postgres = postgres();
        Part broker = program("broker", "broker", "400m", infrastructure.broker(), List.of());
        Part registry = registry(postgres);
        Part migrations =
                Part.step("Migrations", List.of(postgres), () -> Blueprint.migrate(infrastructure.postgres()));
        Part topics = Part.step("Topics", List.of(broker), () -> Blueprint.createTopics(infrastructure.broker()));
        Part schemas =
                Part.step("Schemas", List.of(registry), () -> Blueprint.registerSchemas(infrastructure.registry()));
        Part connect = connect(List.of(postgres, broker, migrations, topics));

        List<Part> parts = new ArrayList<>(List.of(postgres, broker, registry, migrations, topics, schemas, connect));
        for (int instance : INSTANCES) {
            parts.add(service(
                    ServiceProgram.STREAMS,
                    instance,
                    ports.streams(instance),
                    settings.streams(instance),
                    List.of(topics, schemas)));
        }
        for (int instance : INSTANCES) {
            parts.add(service(
                    ServiceProgram.WORKER,
                    instance,
                    ports.worker(instance),
                    settings.worker(instance),
                    List.of(migrations, topics, schemas)));
        }
        for (int instance : INSTANCES) {
            parts.add(service(
                    ServiceProgram.PLAY_API,
                    instance,
                    ports.api(instance),
                    settings.api(instance),
                    List.of(migrations, schemas)));
        }
        return parts;
    }

    private Part postgres() {
        DurablePostgres postgres = infrastructure.postgres();
        return member(
                "postgresql",
                postgres,
                new Member.Lifecycle() {
                    @Override
                    public ProcessHandle launch() throws Exception {
                        postgres.start();
                        return postgres.running().orElseThrow();
                    }

                    @Override
                    public void end(ProcessHandle process) throws Exception {
                        postgres.stop();
                    }

                    @Override
                    public Predicate<String> commandLine() {
                        return command -> command.contains("postgres");
                    }
                },
                List.of(),
                "postgresql.log");
    }

    private Part registry(Part postgres) {
        RegistryProcess registry = infrastructure.registry();
        return member(
                "registry",
                registry,
                new Member.Lifecycle() {
                    @Override
                    public ProcessHandle launch() throws Exception {
                        registry.start();
                        return registry.running().orElseThrow();
                    }

                    @Override
                    public void end(ProcessHandle process) throws IOException, InterruptedException {
                        RegistryProcess.endOrphan(dir.root());
                    }

                    @Override
                    public Predicate<String> commandLine() {
                        return RegistryProcess::isRegistry;
                    }
                },
                List.of(postgres),
                "registry.log");
    }

    private Part connect(List<Part> needs) {
        ConnectWorker connect = infrastructure.connect();
        // A worker that has joined is not yet a relay that runs.
        URI relay = connect.address()
                .orElseThrow()
                .resolve("/connectors/"
                        + ConnectorDefinition.outboxOnPostgresql().name() + "/status");
        var described = new Member.Described(
                "connect",
                connect.address().orElseThrow(),
                relay,
                dir.folder("logs").resolve("connect.out"));
        return new Member(dir.root(), described, needs, infrastructureProgram("connect", "320m"));
    }

    private Part program(String name, String word, String heap, Part part, List<Part> needs) {
        return member(name, part, infrastructureProgram(word, heap), needs, name + ".out");
    }

    private JavaProgram infrastructureProgram(String word, String heap) {
        List<String> words = List.of(
                "member",
                word,
                "--data",
                dir.root().toString(),
                "--port",
                Integer.toString(ports.first().api()));
        return new JavaProgram(dir, word, word, heap, words, Map.of());
    }

    private Part member(String name, Part part, Member.Lifecycle lifecycle, List<Part> needs, String log) {
        URI address = part.address().orElseThrow();
        var described = new Member.Described(
                name, address, part.probe().orElse(address), dir.folder("logs").resolve(log));
        return new Member(dir.root(), described, needs, lifecycle);
    }

    private Part service(
            ServiceProgram service, int instance, int port, Map<String, String> environment, List<Part> needs) {
        String name = service.word() + "-" + instance;
        URI address = URI.create("http://127.0.0.1:" + port);
        var described = new Member.Described(
                name, address, address.resolve("/readyz"), dir.folder("logs").resolve(name + ".out"));
        var program = new JavaProgram(dir, name, service.word(), "384m", List.of("run", service.word()), environment);
        return new Member(dir.root(), described, needs, program);
    }
}
