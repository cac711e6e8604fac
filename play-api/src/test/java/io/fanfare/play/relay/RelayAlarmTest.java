package io.fanfare.play.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.health.ReadinessCheck.Readiness;
import io.fanfare.store.outbox.RelayState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RelayAlarmTest {

    private final AtomicReference<RelayState> relay =
            new AtomicReference<>(new RelayState.Healthy(Duration.ofSeconds(3)));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RelayAlarm alarm = new RelayAlarm(relay::get, meters);

    @Test
    void a_relay_that_is_well_is_no_alarm() {
        alarm.look();

        assertThat(alarm.check()).isEqualTo(ReadinessCheck.READY);
        assertThat(meter("relay_alarm")).isZero();
        assertThat(meter("relay_lag")).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("ailments")
    void whatever_ails_it_is_a_warning_and_an_alarm(RelayState state, String word, double lag) {
        relay.set(state);
        alarm.look();

        assertThat(alarm.check())
                .isInstanceOfSatisfying(
                        Readiness.Warning.class,
                        warning -> assertThat(warning.why()).startsWith(word + ", "));
        assertThat(meter("relay_alarm")).isEqualTo(1);
        assertThat(meter("relay_lag")).isEqualTo(Double.valueOf(lag));
    }

    static Stream<Arguments> ailments() {
        var lag = Duration.ofSeconds(70);
        return Stream.of(
                Arguments.of(new RelayState.Healthy(Duration.ofSeconds(10)), "slow", 10),
                Arguments.of(new RelayState.Unattended(Duration.ZERO), "unattended", 0),
                Arguments.of(new RelayState.Behind(lag), "behind", 70),
                Arguments.of(new RelayState.InDanger(lag, 1 << 20), "in_danger", 70),
                Arguments.of(new RelayState.SlotLost(), "slot_lost", Double.NaN),
                Arguments.of(new RelayState.NoSlot(), "no_slot", Double.NaN),
                Arguments.of(new RelayState.Unheard(), "unheard", Double.NaN));
    }

    @Test
    void it_ends_with_what_ailed_it() {
        relay.set(new RelayState.NoSlot());
        alarm.look();

        relay.set(new RelayState.Healthy(Duration.ZERO));
        alarm.look();

        assertThat(meter("relay_alarm")).isZero();
    }

    private double meter(String name) {
        return meters.get(name).gauge().value();
    }
}
