package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void what_is_written_is_read_back() throws Exception {
        Part api = Part.service("API", URI.create("http://127.0.0.1:8080"), "/readyz", List.of(), () -> () -> {});
        RunFile written = RunFile.of(List.of(api, Part.step("Topics", List.of(api), () -> {})), true);

        written.write(folder);

        RunFile read = RunFile.read(folder).orElseThrow();
        assertThat(read.ready()).isTrue();
        assertThat(read.self().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(read.parts())
                .containsExactly(new RunFile.Entry(
                        "API",
                        ProcessHandle.current().pid(),
                        URI.create("http://127.0.0.1:8080"),
                        URI.create("http://127.0.0.1:8080/readyz")));
    }

    @Test
    void a_process_that_is_not_the_platform_is_not_taken_for_it() throws Exception {
        RunFile.of(List.of(), true).write(folder);

        assertThat(RunFile.read(folder).orElseThrow().process()).isEmpty();
    }

    @Test
    void nothing_is_read_where_nothing_ran() throws Exception {
        assertThat(RunFile.read(folder)).isEmpty();
    }
}
