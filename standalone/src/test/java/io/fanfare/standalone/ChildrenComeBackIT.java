package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Only the database or only the registry dies: the platform starts it again and lives on. */
@Tag("without-the-shared-platform")
class ChildrenComeBackIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PlatformInOwnProcess platform;

    @BeforeEach
    void a_platform_that_is_ready() throws Exception {
        platform = PlatformInOwnProcess.in(folder);
        platform.launch();
        platform.awaitReady();
    }

    @AfterEach
    void is_stopped() throws InterruptedException {
        platform.end();
    }

    @Test
    void killed_alone_each_is_brought_back_and_the_platform_goes_on() throws Exception {
        long postgres = OwnProcess.postgres(folder).pid();
        OwnProcess.kill(OwnProcess.postgres(folder));
        eventually(PATIENCE, this::takesAPrize, taken -> taken);
        assertThat(OwnProcess.postgres(folder).pid()).isNotEqualTo(postgres);

        long registry = OwnProcess.registry(folder).pid();
        OwnProcess.kill(OwnProcess.registry(folder));
        eventually(PATIENCE, () -> pidOf("Schema registry"), pid -> pid != registry && pid > 0);

        eventually(PATIENCE, platform::isWell, well -> well);
        assertThat(takesAPrize()).isTrue();
        assertThat(platform.console())
                .contains(
                        "PostgreSQL " + PostgresBinaries.VERSION + " has died and is started again",
                        "Schema registry has died and is started again");
        assertThat(platform.terminate()).as("asked to end").isEqualTo(143);
    }

    private long pidOf(String part) throws IOException {
        return RunFile.read(folder).orElseThrow().parts().stream()
                .filter(entry -> entry.name().equals(part))
                .mapToLong(RunFile.Entry::pid)
                .findFirst()
                .orElseThrow();
    }

    private boolean takesAPrize() throws IOException, InterruptedException {
        String prize = "{\"name\": \"25 points\", \"type\": \"points\", \"value\": 25}";
        return platform.at()
                        .api()
                        .admin("acme")
                        .post("/api/v1/admin/prizes", prize)
                        .status()
                == 201;
    }
}
