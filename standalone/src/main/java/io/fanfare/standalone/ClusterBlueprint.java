package io.fanfare.standalone;

import io.fanfare.connectors.ConnectorDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Of which processes a cluster consists, and what each of them needs: one of everything that is not ours, two of each service. */
final class ClusterBlueprint {

    static final List<Integer> INSTANCES = List.of(1, 2);

    /** Beyond that they only make one another slow. */
    private static final int STARTING_SIDE_BY_SIDE =
            Math.max(3, Runtime.getRuntime().availableProcessors());

    private final Semaphore places = new Semaphore(STARTING_SIDE_BY_SIDE);
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
        Part broker = broker();
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
        Path log = dir.folder("logs").resolve("postgresql.log");
        return member("postgresql", postgres, new PostgresLifecycle(postgres), List.of(), log, log);
    }

    private Part registry(Part postgres) {
        RegistryProcess registry = infrastructure.registry();
        Path log = dir.folder("logs").resolve("registry.log");
        return member("registry", registry, new RegistryLifecycle(registry, dir.root()), List.of(postgres), log, log);
    }

    private Part broker() {
        JavaProgram program = program(MemberProgram.BROKER, "400m");
        return member("broker", infrastructure.broker(), program, List.of(), program.log(), program.console());
    }

    private Part connect(List<Part> needs) {
        URI address = infrastructure.connect().address().orElseThrow();
        // A worker that has joined is not yet a relay that runs.
        URI relay = address.resolve(
                "/connectors/" + ConnectorDefinition.outboxOnPostgresql().name() + "/status");
        JavaProgram program = program(MemberProgram.CONNECT, "320m");
        var described = new Member.Described("connect", address, relay, program.log(), program.console());
        return new Member(dir.root(), described, needs, program, places);
    }

    private JavaProgram program(MemberProgram program, String heap) {
        String word = program.word();
        String api = Integer.toString(ports.first().api());
        List<String> words = List.of("member", word, "--data", dir.root().toString(), "--port", api);
        return new JavaProgram(dir, word, word, heap, words, Map.of());
    }

    private Part member(String name, Part part, Member.Lifecycle lifecycle, List<Part> needs, Path log, Path console) {
        URI address = part.address().orElseThrow();
        var described = new Member.Described(name, address, part.probe().orElse(address), log, console);
        return new Member(dir.root(), described, needs, lifecycle, places);
    }

    private Part service(
            ServiceProgram service, int instance, int port, Map<String, String> environment, List<Part> needs) {
        String name = service.word() + "-" + instance;
        URI address = URI.create("http://127.0.0.1:" + port);
        var program = new JavaProgram(dir, name, service.word(), "384m", List.of("run", service.word()), environment);
        var described =
                new Member.Described(name, address, address.resolve("/readyz"), program.log(), program.console());
        return new Member(dir.root(), described, needs, program, places);
    }

    /** PostgreSQL makes a process of its own by itself, and leaves its number in its folder. */
    private record PostgresLifecycle(DurablePostgres postgres) implements Member.Lifecycle {

        @Override
        public Optional<ProcessHandle> running() throws IOException {
            return postgres.running();
        }

        @Override
        public ProcessHandle launch() throws Exception {
            postgres.start();
            return postgres.running().orElseThrow();
        }

        @Override
        public void end(ProcessHandle process) throws Exception {
            postgres.stop();
        }
    }

    private record RegistryLifecycle(RegistryProcess registry, Path root) implements Member.Lifecycle {

        @Override
        public Optional<ProcessHandle> running() throws IOException {
            return registry.running();
        }

        @Override
        public ProcessHandle launch() throws Exception {
            registry.start();
            return registry.running().orElseThrow();
        }

        @Override
        public void end(ProcessHandle process) throws IOException, InterruptedException {
            RegistryProcess.endOrphan(root);
        }
    }
}
