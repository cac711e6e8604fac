package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the parts do is tested with them; here, that each of them is called at all. */
@OnEveryDatabase
class UpkeepIT {

    private final RunningApi api;

    UpkeepIT(RunningApi api) {
        this.api = api;
    }

    @Test
    void each_part_has_its_turn() {
        List<String> ofTheOutbox = switch (api.dialect()) {
            case POSTGRESQL -> List.of("SlotUpkeep.keepPartitionsAhead", "SlotUpkeep.dropLostSlot");
            case MARIADB -> List.of("RowUpkeep.sweepOutbox", "RowUpkeep.probeRelay");
        };

        assertThat(api.upkeep())
                .map(task -> task.replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                ofTheOutbox.stream(),
                                Stream.of(
                                        "Upkeep.expireRewards",
                                        "Upkeep.remindOfRewards",
                                        "Upkeep.sweep",
                                        "RelayAlarm.look",
                                        "UndecidedAlarm.look",
                                        "BackgroundSimulations.takeOverAbandoned",
                                        "BackgroundSimulations.sweepForecasts"))
                        .toList());
    }
}
