package io.fanfare.bench.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

    @Test
    void what_an_earlier_run_has_left_is_removed(@TempDir Path parent) throws Exception {
        Path path = parent.resolve("bench");
        Folder.claim(path);
        Files.writeString(path.resolve("acks.ndjson"), "{}\n");

        Folder.claim(path);

        assertThat(path.resolve("acks.ndjson")).doesNotExist();
        assertThat(path).isDirectory();
    }

    @Test
    void a_folder_with_something_else_in_it_is_left_alone(@TempDir Path path) throws Exception {
        Files.writeString(path.resolve("diary.txt"), "dear diary");

        assertThatThrownBy(() -> Folder.claim(path)).hasMessageContaining("something else");

        assertThat(path.resolve("diary.txt")).exists();
    }

    @Test
    void a_deleted_folder_leaves_nothing(@TempDir Path parent) throws Exception {
        Folder folder = Folder.claim(parent.resolve("bench"));
        Files.createDirectories(folder.path().resolve("platform/run"));

        folder.delete();

        assertThat(folder.path()).doesNotExist();
    }
}
