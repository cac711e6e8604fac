package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlementHorizonTest {

    private static final Instant BEGIN = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant SEEN = BEGIN.minusSeconds(60);

    private @Nullable Instant heard = BEGIN.plusSeconds(25);
    private final SettlementHorizon horizon = new SettlementHorizon(() -> Optional.ofNullable(heard), BEGIN);

    @Test
    void time_is_what_commands_say_while_they_come() {
        horizon.arrived(SEEN, BEGIN);

        assertThat(horizon.at(BEGIN.plusSeconds(29))).isEqualTo(SEEN.minus(SettlementHorizon.SLACK));
    }

    @Test
    void time_is_what_the_relay_has_proved_when_none_has_come_for_a_while() {
        horizon.arrived(SEEN, BEGIN);

        assertThat(quietAt(Duration.ofSeconds(31))).isEqualTo(BEGIN.plusSeconds(15));
    }

    @Test
    void time_stands_still_with_the_relay() {
        horizon.arrived(SEEN, BEGIN);

        assertThat(quietAt(Duration.ofHours(6))).isEqualTo(BEGIN.plusSeconds(15));
    }

    @Test
    void a_relay_that_was_never_heard_proves_nothing() {
        heard = null;
        horizon.arrived(SEEN, BEGIN);

        assertThat(quietAt(Duration.ofHours(6))).isEqualTo(SEEN.minus(SettlementHorizon.SLACK));
    }

    @Test
    void commands_prove_more_than_a_heartbeat_from_before_them() {
        heard = SEEN.minusSeconds(100);
        horizon.arrived(SEEN, BEGIN);

        assertThat(quietAt(Duration.ofMinutes(1))).isEqualTo(SEEN.minus(SettlementHorizon.SLACK));
    }

    @Test
    void the_future_has_not_begun() {
        heard = Instant.MAX;
        horizon.arrived(BEGIN.plusSeconds(1_000), BEGIN);

        assertThat(quietAt(Duration.ofMinutes(1))).isEqualTo(BEGIN.plusSeconds(50));
    }

    private Instant quietAt(Duration after) {
        return horizon.at(BEGIN.plus(after));
    }
}
