package io.fanfare.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.play.CommittedPlay;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedWheelTest {

    @Test
    void ada_spins_three_times_and_wins_the_one_mug_at_most_once() {
        var printed = new ByteArrayOutputStream();
        Clock noon = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

        List<CommittedPlay> history =
                new EmbeddedWheel(noon, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(history).hasSize(3);
        assertThat(history.stream()
                        .flatMap(play -> play.rewards().stream())
                        .filter(reward -> reward.name().equals("Mug")))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("no more plays: OUT_OF_TURNS, again at 2026-03-02T00:00:00Z");
    }
}
