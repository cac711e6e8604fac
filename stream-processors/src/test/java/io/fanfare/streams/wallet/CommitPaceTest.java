package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private long now = Duration.ofDays(1).toNanos();
    private final CommitPace pace = new CommitPace(() -> now);

    @Test
    void a_lone_command_is_left_to_the_interval() {
        assertThat(pace.isDue()).isFalse();
    }

    @Test
    void the_next_one_is_committed_with_it() {
        pace.isDue();
        pass(Duration.ofMillis(20));

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void one_right_behind_it_waits_for_more() {
        pace.isDue();
        pass(Duration.ofMillis(2));
        assertThat(pace.isDue()).isFalse();
        pass(Duration.ofMillis(8));

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void under_load_all_wait_for_the_interval() {
        for (int command = 0; command < 1_000; command++) {
            assertThat(pace.isDue()).isFalse();
            pass(Duration.ofNanos(40_000));
        }
    }

    @Test
    void however_long_a_commit_takes_others_share_the_next_one() {
        int alone = 0;
        int shared = 0;
        for (int command = 0; command < 1_000; command++) {
            shared++;
            pass(Duration.ofMillis(1));
            if (pace.isDue()) {
                pass(Duration.ofMillis(40));
                alone += shared == 1 ? 1 : 0;
                shared = 0;
            }
        }

        assertThat(alone).isZero();
    }

    @Test
    void when_the_load_is_over_few_share_a_commit_again() {
        for (int command = 0; command < 1_000; command++) {
            pass(Duration.ofNanos(40_000));
            pace.isDue();
        }
        pass(Duration.ofMillis(20));
        pace.isDue();
        pace.isDue();
        pass(Duration.ofMillis(20));

        assertThat(pace.isDue()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
