package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_second_platform_on_the_folder_is_refused_with_the_pid_of_the_first() throws Exception {
        try (DataDir first = DataDir.open(folder)) {
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> DataDir.open(first.root()))
                    .withMessageContaining("already runs")
                    .withMessageContaining("pid " + ProcessHandle.current().pid());
        }
    }

    @Test
    void the_folder_is_free_again_after_the_first_has_closed_it() throws Exception {
        DataDir.open(folder).close();

        try (DataDir again = DataDir.open(folder)) {
            assertThat(again.root()).isEqualTo(folder.toAbsolutePath());
        }
    }

    @Test
    void a_folder_with_something_else_in_it_is_left_alone() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "years of work");

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> DataDir.open(folder))
                .withMessageContaining("something else");
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("thesis.txt"));
    }

    @Test
    void clearing_deletes_the_data_and_keeps_the_folder_ours() throws Exception {
        try (DataDir dir = DataDir.open(folder)) {
            Files.writeString(dir.folder("postgres").resolve("PG_VERSION"), "18");

            dir.clear();

            assertThat(folder.resolve("postgres")).doesNotExist();
            assertThat(folder.resolve("FANFARE_DATA")).exists();
        }
    }
}
