package io.fanfare.bench.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_platform_in_one_process_names_its_parts() throws Exception {
        Path file = written("""
                pid=4711
                state=ready
                parts=2
                part.0.name=Play API
                part.0.probe=http://127.0.0.1:19080/readyz
                part.1.name=PostgreSQL 18.6
                part.1.probe=postgresql://127.0.0.1:26432/fanfare
                """);

        RunState run = RunState.read(file).orElseThrow();

        assertThat(run.pid()).isEqualTo(4711);
        assertThat(run.ready()).isTrue();
        assertThat(run.probes())
                .containsExactlyInAnyOrder(
                        URI.create("http://127.0.0.1:19080/readyz"),
                        URI.create("postgresql://127.0.0.1:26432/fanfare"));
        assertThat(run.apiPort(file)).isEqualTo(19_080);
    }

    @Test
    void one_process_of_many_has_one_probe() throws Exception {
        Path file = written("""
                name=streams-2
                pid=4712
                probe=http://127.0.0.1:19087/readyz
                """);

        RunState run = RunState.read(file).orElseThrow();

        assertThat(run.pid()).isEqualTo(4712);
        assertThat(run.probes()).containsExactly(URI.create("http://127.0.0.1:19087/readyz"));
        assertThatThrownBy(() -> run.apiPort(file)).hasMessageContaining("names no Play API");
    }

    @Test
    void where_nothing_ran_there_is_nothing() throws Exception {
        assertThat(RunState.read(folder.resolve("none"))).isEmpty();
    }

    private Path written(String text) throws Exception {
        return Files.writeString(folder.resolve("some.properties"), text);
    }
}
