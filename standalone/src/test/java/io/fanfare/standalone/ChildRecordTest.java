package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildRecordTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set in startChild
    private Process child;

    @BeforeEach
    void startChild() throws IOException {
        child = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endChild() {
        child.destroyForcibly();
    }

    @Test
    void a_child_that_outlived_its_platform_is_ended_and_forgotten() throws Exception {
        Path file = record(ChildRecord.of(child.toHandle()));

        assertThat(ChildRecord.endOrphan(file, command -> command.contains("sleep")))
                .contains(child.pid());

        assertThat(child.isAlive()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void a_process_that_got_the_number_later_is_left_alone() throws Exception {
        ChildRecord real = ChildRecord.of(child.toHandle());
        Path file = record(new ChildRecord(real.pid(), real.started().minus(Duration.ofMinutes(1))));

        assertThat(ChildRecord.endOrphan(file, command -> command.contains("sleep")))
                .isEmpty();

        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void a_process_with_another_command_is_left_alone() throws Exception {
        Path file = record(ChildRecord.of(child.toHandle()));

        assertThat(ChildRecord.endOrphan(file, command -> command.contains("quarkus-run.jar")))
                .isEmpty();

        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void a_torn_record_names_nobody() throws Exception {
        Path file = Files.writeString(folder.resolve("child.pid"), child.pid() + " ");

        assertThat(ChildRecord.read(file)).isEmpty();
    }

    @Test
    void a_child_that_does_not_end_when_asked_is_killed() throws Exception {
        Process stubborn = new ProcessBuilder("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done").start();
        assertThat(stubborn.inputReader().readLine()).isEqualTo("deaf");

        assertThat(ChildRecord.end(stubborn.toHandle(), Duration.ofMillis(200))).isFalse();

        assertThat(stubborn.isAlive()).isFalse();
    }

    private Path record(ChildRecord record) throws IOException {
        Path file = folder.resolve("child.pid");
        record.write(file);
        return file;
    }
}
