package io.fanfare.streams.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationTest {

    private static final Generation REPLAYING = new Generation(1, List.of(), 2, false);

    @Test
    void the_steps_of_a_rebuild_follow_one_another() {
        Generation switching = REPLAYING.caughtUp();
        Generation done = switching.takenOver(List.of(7L, 9L));

        assertThat(REPLAYING.isAfter(Generation.FIRST)).isTrue();
        assertThat(switching.isAfter(REPLAYING)).isTrue();
        assertThat(done.isAfter(switching)).isTrue();
        assertThat(done).isEqualTo(new Generation(2, List.of(7L, 9L), null, false));
    }

    @Test
    void a_step_that_was_taken_late_does_not_go_back() {
        Generation done = REPLAYING.caughtUp().takenOver(List.of(7L));

        assertThat(REPLAYING.isAfter(REPLAYING.caughtUp())).isFalse();
        assertThat(REPLAYING.caughtUp().isAfter(done)).isFalse();
        assertThat(done.isAfter(done)).isFalse();
    }

    @Test
    void a_replay_can_be_given_up_for_another_one() {
        assertThat(new Generation(1, List.of(), 3, false).isAfter(REPLAYING)).isTrue();
    }

    @Test
    void an_instance_runs_the_live_one_until_the_switch() {
        assertThat(REPLAYING.current()).isEqualTo(1);
        assertThat(REPLAYING.caughtUp().current()).isEqualTo(2);
    }

    @Test
    void it_is_what_its_record_says() {
        Generation switching = REPLAYING.caughtUp();

        assertThat(Generation.of(switching.toRecord("wallets", Instant.EPOCH))).isEqualTo(switching);
    }

    @Test
    void what_is_built_comes_after_what_is_live() {
        assertThatThrownBy(() -> new Generation(2, List.of(), 2, false))
                .hasMessage("generation 2 is live, 2 is being built, switching: false");
    }
}
