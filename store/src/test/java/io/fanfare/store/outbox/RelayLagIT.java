package io.fanfare.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.store.Database;
import io.fanfare.store.StorePostgres;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayLagIT {

    private static final Duration BOUND = Duration.ofNanos(1);

    private final Database database = StorePostgres.fresh();
    private final AtomicLong nanos = new AtomicLong();
    private final Relay relay = Relay.of(database);
    private final RelayLag lag = new RelayLag(database, relay.slot(), BOUND, nanos::get);

    @AfterEach
    void dropSlot() {
        if (!(stateNow() instanceof RelayState.NoSlot)) {
            relay.drop();
        }
    }

    @Test
    void without_a_slot_there_is_no_relay() {
        assertThat(stateNow()).isInstanceOf(RelayState.NoSlot.class);
    }

    @Test
    void a_relay_with_nothing_to_do_is_healthy() {
        relay.started();

        assertThat(stateNow()).isEqualTo(new RelayState.Healthy(Duration.ZERO));
    }

    @Test
    void what_was_written_and_not_relayed_makes_a_lag() {
        relay.started();
        stateNow();
        relay.fact();
        stateNow();

        assertThat(stateNow()).isInstanceOf(RelayState.Behind.class);
    }

    @Test
    void what_was_written_while_nobody_looked_is_no_proof_of_a_lag() {
        relay.started();
        relay.catchUp();
        stateNow();
        relay.catchUp();
        relay.fact();

        assertThat(stateNow()).isEqualTo(new RelayState.Healthy(Duration.ZERO));
    }

    @Test
    void a_relay_that_catches_up_is_healthy_again() {
        relay.started();
        stateNow();
        relay.fact();
        stateNow();

        relay.catchUp();

        assertThat(stateNow()).isEqualTo(new RelayState.Healthy(Duration.ZERO));
    }

    @Test
    void a_note_taken_before_the_fact_does_not_vouch_for_it() {
        relay.started();
        stateNow();
        relay.catchUp();
        relay.fact();
        stateNow();

        assertThat(stateNow()).isInstanceOf(RelayState.Behind.class);
    }

    @Test
    void an_answer_is_reused_for_a_second() {
        RelayState before = lag.state();
        relay.started();

        RelayState reused = lag.state();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        RelayState fresh = lag.state();

        assertThat(reused).isSameAs(before).isInstanceOf(RelayState.NoSlot.class);
        assertThat(fresh).isInstanceOf(RelayState.Healthy.class);
    }

    @Test
    void a_relay_that_stands_still_for_long_is_remembered_in_little() {
        relay.started();
        stateNow();
        relay.fact();
        for (int check = 0; check < 2_000; check++) {
            stateNow();
        }

        assertThat(stateNow()).isInstanceOf(RelayState.Behind.class);
        assertThat(lag.notesKept()).isLessThanOrEqualTo(512);
    }

    @Test
    void a_slot_whose_log_is_gone_is_lost_until_it_is_dropped() {
        relay.started();
        RelaySlotGuard guard = new RelaySlotGuard(database, relay.slot());
        assertThat(guard.dropIfLost()).isFalse();

        relay.loseLog(() -> stateNow() instanceof RelayState.SlotLost);

        assertThat(stateNow()).isInstanceOf(RelayState.SlotLost.class);
        assertThat(guard.dropIfLost()).isTrue();
        assertThat(stateNow()).isInstanceOf(RelayState.NoSlot.class);
        assertThat(guard.dropIfLost()).isFalse();
    }

    @Test
    void a_slot_that_nobody_reads_is_unattended_after_a_while() {
        relay.started();
        stateNow();
        nanos.addAndGet(Duration.ofSeconds(15).toNanos());

        assertThat(stateNow()).isEqualTo(new RelayState.Unattended(Duration.ZERO));
    }

    @Test
    void a_relay_is_in_danger_before_the_server_may_take_its_log() {
        relay.started();
        relay.keepOfLog("128MB");
        try {
            assertThat(stateNow()).isEqualTo(new RelayState.Healthy(Duration.ZERO));

            relay.fillLog(() -> stateNow() instanceof RelayState.InDanger);

            assertThat(stateNow())
                    .isInstanceOfSatisfying(
                            RelayState.InDanger.class,
                            danger ->
                                    assertThat(danger.bytesLeft()).isPositive().isLessThan(64 << 20));
        } finally {
            relay.keepAllOfLog();
        }
    }

    private RelayState stateNow() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        return lag.state();
    }
}
