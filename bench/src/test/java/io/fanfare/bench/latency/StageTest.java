package io.fanfare.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StageTest {

    private final Stage stage = new Stage("somewhere");

    @Test
    void it_takes_from_the_answer_to_the_sight() {
        stage.answered("play_1", millis(100), true);

        stage.seen("play_1", millis(140));

        assertThat(stage.figures().count()).isEqualTo(1);
        assertThat(stage.figures().max()).isCloseTo(40, within(0.1));
        assertThat(stage.unseen()).isZero();
    }

    @Test
    void what_is_seen_before_its_answer_took_no_time() {
        stage.seen("play_1", millis(90));

        stage.answered("play_1", millis(100), true);

        assertThat(stage.figures().count()).isEqualTo(1);
        assertThat(stage.figures().max()).isZero();
    }

    @Test
    void what_is_seen_twice_counts_once() {
        stage.seen("play_1", millis(90));
        stage.seen("play_1", millis(95));

        stage.answered("play_1", millis(80), true);

        assertThat(stage.figures().count()).isEqualTo(1);
        assertThat(stage.figures().max()).isCloseTo(10, within(0.1));
    }

    @Test
    void the_warm_up_is_ticked_off_and_not_counted() {
        stage.answered("play_1", millis(100), false);
        stage.seen("play_1", millis(900));
        stage.seen("play_2", millis(900));
        stage.answered("play_2", millis(100), false);

        assertThat(stage.figures().count()).isZero();
        assertThat(stage.unseen()).isZero();
    }

    @Test
    void what_was_answered_and_never_seen_is_told() {
        stage.answered("play_1", millis(100), true);
        stage.answered("play_2", millis(100), false);

        assertThat(stage.unseen()).isEqualTo(1);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
