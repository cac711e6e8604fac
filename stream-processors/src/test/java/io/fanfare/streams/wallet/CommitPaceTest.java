package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private long now = Duration.ofDays(1).toNanos();
    private final CommitPace pace = new CommitPace(() -> now);

    @Test
    void the_first_command_is_committed_at_once() {
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void a_command_after_a_while_is_committed_at_once() {
        pace.isDue();
        pass(Duration.ofMillis(20));

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void one_right_behind_another_waits() {
        pace.isDue();
        pass(Duration.ofMillis(2));

        assertThat(pace.isDue()).isFalse();
    }

    @Test
    void under_load_all_wait_for_the_interval() {
        pace.isDue();
        for (int command = 0; command < 1_000; command++) {
            pass(Duration.ofNanos(40_000));
            assertThat(pace.isDue()).isFalse();
        }
    }

    @Test
    void when_the_load_is_over_they_are_committed_at_once_again() {
        pace.isDue();
        for (int command = 0; command < 100; command++) {
            pass(Duration.ofNanos(40_000));
            pace.isDue();
        }
        pass(Duration.ofMillis(20));
        pace.isDue();
        pass(Duration.ofMillis(20));

        assertThat(pace.isDue()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
