package io.fanfare.edge.clock;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What time it is on this platform.
 *
 * @param devMode without it there is no other time than the machine's
 * @param dev things of development mode
 */
@ConfigurationProperties("fanfare")
record ClockSettings(boolean devMode, @Nullable Dev dev) {

    /** @param clockFile says by how much the platform is ahead of the machine; the same file for all services of a machine */
    record Dev(@Nullable Path clockFile) {}

    ClockSettings {
        if (!devMode && dev != null && dev.clockFile() != null) {
            throw new IllegalArgumentException(
                    "fanfare.dev.clock-file (FANFARE_DEV_CLOCK_FILE) is '%s', but time can only be moved in development mode"
                            .formatted(dev.clockFile()));
        }
    }

    @Nullable
    Path clockFile() {
        Path file = dev == null ? null : dev.clockFile();
        return file == null ? null : file.toAbsolutePath().normalize();
    }
}
