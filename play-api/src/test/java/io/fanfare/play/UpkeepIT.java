package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the parts do is tested with them; here, that each of them is called at all. */
class UpkeepIT {

    private final RunningApi api = RunningApi.shared();

    @Test
    void each_part_has_its_turn() {
        assertThat(api.upkeep())
                .map(task -> task.substring(task.lastIndexOf('.') + 1))
                .containsExactlyInAnyOrder(
                        "keepPartitionsAhead",
                        "dropLostSlot",
                        "expireRewards",
                        "sweep",
                        "look",
                        "takeOverAbandoned",
                        "sweepForecasts");
    }
}
