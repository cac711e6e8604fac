package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.connectors.ConnectorDefinition;
import io.fanfare.connectors.ConnectorStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After kill -9 the next start ends what was left running, continues with the data, and nothing that was committed is missing. */
@Tag("without-the-shared-platform")
class KillRecoveryIT {

    private static final String RELAY = ConnectorDefinition.outboxOnPostgresql().name();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_killed_platform_leaves_orphans_that_the_next_start_ends() throws Exception {
        Ports ports = OwnProcess.freePorts();
        Process platform = PartsInOwnProcess.start(folder, ports);
        ProcessHandle postgres = OwnProcess.postgres(folder);
        ProcessHandle registry = OwnProcess.registry(folder);
        outbox(ports).insert(Outbox.numbered("acme/ada", 0, 100));

        OwnProcess.kill(platform.toHandle());
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
        Ports ports = OwnProcess.freePorts();
        Process platform = PartsInOwnProcess.start(folder, ports);
        outbox(ports).insert(Outbox.numbered("acme/grace", 0, 100));

        OwnProcess.kill(platform.toHandle(), OwnProcess.postgres(folder), OwnProcess.registry(folder));

        try (var parts = EmbeddedParts.start(folder, ports)) {
            Outbox outbox = Outbox.of(parts);
            outbox.insert(Outbox.numbered("acme/grace", 100, 110));
            assertThat(Outbox.numbers(outbox.received("acme/grace", 110))).isEqualTo(Outbox.range(0, 110));
        }
    }

    private static Outbox outbox(Ports ports) {
        var at = new Addresses(ports);
        return new Outbox(at.jdbcUrl(), at.bootstrap());
    }
}
