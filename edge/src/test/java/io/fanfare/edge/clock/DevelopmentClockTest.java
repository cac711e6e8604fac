package io.fanfare.edge.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Clock machine = Clock.fixed(NOON, ZoneOffset.UTC);
    private final AtomicLong nanos = new AtomicLong();
    private final Path file;

    DevelopmentClockTest(@TempDir Path folder) {
        this.file = folder.resolve("clock");
    }

    @Test
    void without_a_file_it_goes_as_the_machine_does() {
        assertThat(clock().instant()).isEqualTo(NOON);
    }

    @Test
    void is_ahead_from_its_start_where_the_file_is_there_already() throws IOException {
        write("PT24H");

        assertThat(clock().instant()).isEqualTo("2026-03-02T12:00:00Z");
    }

    @Test
    void follows_the_file_a_moment_after_it_changed() throws IOException {
        var clock = clock();
        write("PT2H");

        Instant atOnce = clock.instant();
        pass(DevelopmentClock.READ_EVERY);
        Instant soon = clock.instant();

        assertThat(atOnce).isEqualTo(NOON);
        assertThat(soon).isEqualTo("2026-03-01T14:00:00Z");
    }

    @Test
    void goes_back_to_the_machines_time_when_the_file_is_deleted() throws IOException {
        write("PT2H");
        var clock = clock();
        Files.delete(file);

        pass(DevelopmentClock.READ_EVERY);

        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void stays_where_it_is_while_the_file_makes_no_sense() throws IOException {
        write("PT2H");
        var clock = clock();
        write("tomorrow");

        pass(DevelopmentClock.READ_EVERY);
        Instant confused = clock.instant();
        write("PT3H");
        pass(DevelopmentClock.READ_EVERY);
        Instant mended = clock.instant();

        assertThat(confused).isEqualTo("2026-03-01T14:00:00Z");
        assertThat(mended).isEqualTo("2026-03-01T15:00:00Z");
    }

    @Test
    void two_services_with_the_same_file_have_the_same_time() throws IOException {
        var api = clock();
        var worker = clock();
        write("-PT30M");

        pass(DevelopmentClock.READ_EVERY);

        assertThat(api.instant()).isEqualTo("2026-03-01T11:30:00Z").isEqualTo(worker.instant());
    }

    @Test
    void does_not_begin_with_a_file_that_makes_no_sense() throws IOException {
        write("tomorrow");

        assertThatThrownBy(this::clock)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a file with a duration such as PT24H");
    }

    private DevelopmentClock clock() {
        return new DevelopmentClock(machine, file, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text + "\n");
    }
}
