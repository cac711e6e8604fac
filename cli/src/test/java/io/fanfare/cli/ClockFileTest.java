package io.fanfare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockFileTest {

    private final Path path;
    private final ClockFile file;

    ClockFileTest(@TempDir Path folder) {
        this.path = folder.resolve("clock");
        this.file = new ClockFile(path);
    }

    @Test
    void begins_at_the_machines_own_time() throws IOException {
        ClockFile.Change change = file.change(ahead -> ahead.plusHours(1));

        assertThat(change).isEqualTo(new ClockFile.Change(Duration.ZERO, Duration.ofHours(1)));
        assertThat(path).hasContent("PT1H");
    }

    @Test
    void goes_on_from_what_it_says() throws IOException {
        file.change(ahead -> ahead.plusHours(1));

        ClockFile.Change change = file.change(ahead -> ahead.plusDays(1));

        assertThat(change.after()).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void stays_as_it_is_where_the_change_is_refused() throws IOException {
        file.change(ahead -> ahead.plusHours(1));

        assertThatThrownBy(() -> file.change(_ -> {
                    throw new CannotDo("no");
                }))
                .isInstanceOf(CannotDo.class);

        assertThat(path).hasContent("PT1H");
    }

    @Test
    void is_not_guessed_where_somebody_wrote_nonsense_into_it() throws IOException {
        Files.writeString(path, "tomorrow");

        assertThatThrownBy(() -> file.change(ahead -> ahead)).hasMessageContaining("says 'tomorrow'");
    }

    @Test
    void loses_no_step_of_two_operators() throws Exception {
        Runnable tenSteps = () -> {
            for (int i = 0; i < 10; i++) {
                step();
            }
        };

        CompletableFuture.allOf(CompletableFuture.runAsync(tenSteps), CompletableFuture.runAsync(tenSteps))
                .get();

        assertThat(path).hasContent("PT20H");
    }

    private void step() {
        try {
            file.change(ahead -> ahead.plusHours(1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
