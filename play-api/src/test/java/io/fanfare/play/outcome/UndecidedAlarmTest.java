package io.fanfare.play.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.store.wallet.OverdueTransfers.Overdue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class UndecidedAlarmTest {

    private final AtomicReference<Duration> oldestCommand = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Overdue> overdue = new AtomicReference<>(Overdue.NONE);
    private final AtomicReference<Duration> patience = new AtomicReference<>(Duration.ZERO);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UndecidedAlarm alarm = new UndecidedAlarm(
            oldestCommand::get,
            longerThan -> {
                patience.set(longerThan);
                return overdue.get();
            },
            meters);

    @Test
    void it_tells_how_long_the_oldest_command_waits() {
        oldestCommand.set(Duration.ofSeconds(61));

        alarm.look();

        assertThat(meter("wallet.commands.undecided.oldest.seconds")).isEqualTo(61);
        assertThat(meter("wallet.transfers.overdue")).isZero();
    }

    @Test
    void transfers_that_stand_still_for_a_minute_are_counted_until_they_have_ended() {
        overdue.set(new Overdue(2, Duration.ofSeconds(90)));
        alarm.look();
        double standing = meter("wallet.transfers.overdue");

        overdue.set(Overdue.NONE);
        alarm.look();

        assertThat(standing).isEqualTo(2);
        assertThat(meter("wallet.transfers.overdue")).isZero();
        assertThat(patience).hasValue(Duration.ofSeconds(60));
    }

    private double meter(String name) {
        return meters.get(name).gauge().value();
    }
}
