package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private static MemberFile aMember() {
        return new MemberFile(
                "streams-1",
                ChildRecord.of(ProcessHandle.current()),
                URI.create("http://127.0.0.1:8082"),
                URI.create("http://127.0.0.1:8082/readyz"),
                Path.of("/data/logs/streams-1.log"));
    }

    @Test
    void what_is_written_is_read_back() throws Exception {
        aMember().write(folder);

        MemberFile read = MemberFile.read(folder, "streams-1").orElseThrow();

        assertThat(read.name()).isEqualTo("streams-1");
        assertThat(read.process().alive(_ -> true)).contains(ProcessHandle.current());
        assertThat(read.address()).isEqualTo(aMember().address());
        assertThat(read.probe()).isEqualTo(aMember().probe());
        assertThat(read.log()).isEqualTo(aMember().log());
        assertThat(MemberFile.read(folder, "streams-2")).isEmpty();
    }

    /** Others read it: docs/separate-processes.md promises these names. */
    @Test
    void it_is_a_properties_file_with_the_documented_names() throws Exception {
        aMember().write(folder);

        var lines = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve("run/streams-1.properties"))) {
            lines.load(in);
        }

        assertThat(lines.stringPropertyNames())
                .containsExactlyInAnyOrder("name", "pid", "started", "address", "probe", "log");
        assertThat(lines.getProperty("pid"))
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
}
