package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.connectors.ConnectorDefinition;
import io.fanfare.connectors.ConnectorStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After kill -9 the next start ends what was left running, continues with the data, and nothing that was committed is missing. */
class KillRecoveryIT {

    private static final String RELAY = ConnectorDefinition.outboxOnPostgresql().name();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_killed_platform_leaves_orphans_that_the_next_start_ends() throws Exception {
        Ports ports = freePorts();
        Process platform = PartsInOwnProcess.start(folder, ports);
        ProcessHandle postgres = postgres();
        ProcessHandle registry = registry();
        outbox(ports).insert(Outbox.numbered("acme/ada", 0, 100));

        kill(platform.toHandle());
        assertThat(List.of(postgres, registry)).allMatch(ProcessHandle::isAlive);

        try (var parts = EmbeddedParts.start(folder, ports)) {
            assertThat(List.of(postgres, registry)).noneMatch(ProcessHandle::isAlive);
            assertThat(PortCheck.taken(ports)).extracting(PortCheck.Taken::part).contains("PostgreSQL");
            assertThat(Outbox.numbers(Outbox.of(parts).received("acme/ada", 100)))
                    .isEqualTo(Outbox.range(0, 100));
            assertThat(parts.connect().status(RELAY)).isEqualTo(new ConnectorStatus.Running(1));
        }
    }

    @Test
    void with_the_database_and_the_registry_killed_too_nothing_committed_is_lost() throws Exception {
        Ports ports = freePorts();
        Process platform = PartsInOwnProcess.start(folder, ports);
        outbox(ports).insert(Outbox.numbered("acme/grace", 0, 100));

        kill(platform.toHandle());
        kill(postgres());
        kill(registry());

        try (var parts = EmbeddedParts.start(folder, ports)) {
            Outbox outbox = Outbox.of(parts);
            outbox.insert(Outbox.numbered("acme/grace", 100, 110));
            assertThat(Outbox.numbers(outbox.received("acme/grace", 110))).isEqualTo(Outbox.range(0, 110));
        }
    }

    /** A block of ports far from the defaults, moved on until all of it is free. */
    private static Ports freePorts() {
        for (int api = 21_080; api < 31_000; api += 100) {
            Ports ports = Ports.withApiAt(api);
            if (PortCheck.taken(ports).isEmpty()) {
                return ports;
            }
        }
        throw new IllegalStateException("no free block of ports from 21080 on");
    }

    private static Outbox outbox(Ports ports) {
        return new Outbox("jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/fanfare", "127.0.0.1:" + ports.kafka());
    }

    private ProcessHandle postgres() throws Exception {
        String pid =
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private ProcessHandle registry() throws Exception {
        return ChildRecord.read(folder.resolve("run/registry.pid"))
                .flatMap(record -> record.alive(command -> command.contains("quarkus-run.jar")))
                .orElseThrow();
    }

    private static void kill(ProcessHandle process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(ChildRecord.hasEnded(process, Duration.ofSeconds(10))).isTrue();
    }
}
