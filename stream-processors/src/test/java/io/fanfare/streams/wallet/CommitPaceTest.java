package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private long now = Duration.ofDays(1).toNanos();
    private final CommitPace pace = new CommitPace(() -> now);

    @Test
    void a_lone_command_is_committed_at_once() {
        pass(Duration.ofMillis(50));

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void one_right_behind_it_waits_for_the_next_one() {
        pass(Duration.ofMillis(50));
        pace.isDue();
        pass(Duration.ofMillis(20));
        assertThat(pace.isDue()).isFalse();
        pass(Duration.ofMillis(20));

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void those_of_a_few_milliseconds_share_a_commit() {
        pace.isDue();
        pass(Duration.ofMillis(2));
        assertThat(pace.isDue()).isFalse();
        pass(Duration.ofMillis(8));

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void who_has_waited_for_long_is_committed_with_the_one_that_comes() {
        pace.isDue();
        pass(Duration.ofMillis(200));

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void in_a_flood_all_wait_for_the_interval() {
        every(Duration.ofNanos(40_000), 1_000);

        assertThat(commitsOf(Duration.ofNanos(40_000), 10_000)).isZero();
    }

    @Test
    void of_a_few_hundred_a_second_those_of_a_tenth_of_a_second_share_a_commit() {
        every(Duration.ofMillis(2), 200);

        assertThat(commitsOf(Duration.ofMillis(2), 1_000)).isBetween(19, 20);
    }

    @Test
    void a_hundred_a_second_are_committed_by_twos() {
        every(Duration.ofMillis(10), 200);

        assertThat(commitsOf(Duration.ofMillis(10), 1_000)).isEqualTo(500);
    }

    @Test
    void however_long_a_commit_takes_others_share_the_next_one() {
        int alone = 0;
        int shared = 0;
        for (int command = 0; command < 1_000; command++) {
            shared++;
            pass(Duration.ofMillis(6));
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
        every(Duration.ofNanos(40_000), 1_000);
        every(Duration.ofMillis(20), 10);

        assertThat(commitsOf(Duration.ofMillis(20), 10)).isEqualTo(5);
    }

    private void every(Duration gap, int commands) {
        commitsOf(gap, commands);
    }

    private int commitsOf(Duration gap, int commands) {
        int commits = 0;
        for (int command = 0; command < commands; command++) {
            pass(gap);
            commits += pace.isDue() ? 1 : 0;
        }
        return commits;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
