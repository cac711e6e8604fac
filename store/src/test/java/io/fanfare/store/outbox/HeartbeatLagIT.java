package io.fanfare.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.store.Database;
import io.fanfare.store.StoreServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeartbeatLagIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Database database = StoreServer.Embedded.MARIADB.fresh();
    private final MariaDbOutbox outbox = new MariaDbOutbox(database);
    private final AtomicReference<@Nullable Instant> heard = new AtomicReference<>();
    private final HeardHeartbeats heartbeats = () -> Optional.ofNullable(heard.get());
    private final AtomicLong nanos = new AtomicLong();
    private final HeartbeatLag lag = new HeartbeatLag(database, heartbeats, BOUND, nanos::get);
    private final Instant now = outbox.now();

    @Test
    void before_anything_was_heard_nothing_is_known() {
        outbox.factAt(now.minus(Duration.ofHours(1)));

        assertThat(stateNow()).isEqualTo(new RelayState.Unheard());
    }

    @Test
    void what_was_written_before_the_heartbeat_has_arrived() {
        outbox.factAt(now.minus(Duration.ofHours(1)));
        outbox.heartbeatAt(now.minusSeconds(2));
        heard.set(now.minusSeconds(2));

        assertThat(stateNow()).isEqualTo(new RelayState.Healthy(Duration.ZERO));
    }

    @Test
    void the_oldest_that_was_written_after_it_is_how_late_the_relay_is() {
        heard.set(now.minusSeconds(10));
        outbox.factAt(now.minusSeconds(4));
        outbox.factAt(now.minusSeconds(8));

        assertThat(stateNow())
                .isInstanceOfSatisfying(
                        RelayState.Healthy.class,
                        healthy -> assertThat(healthy.lag()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(60)));
    }

    @Test
    void beyond_the_bound_it_is_behind() {
        heard.set(now.minusSeconds(90));
        outbox.factAt(now.minusSeconds(61));

        assertThat(stateNow()).isInstanceOf(RelayState.Behind.class);
    }

    @Test
    void a_heartbeat_that_is_on_its_way_is_nothing_that_is_late() {
        heard.set(now.minusSeconds(300));
        outbox.heartbeatAt(now.minusSeconds(200));

        assertThat(stateNow()).isEqualTo(new RelayState.Unattended(Duration.ZERO));
    }

    @Test
    void nobody_is_missed_before_three_heartbeats_are() {
        heard.set(outbox.now().minusSeconds(5));
        assertThat(stateNow()).isInstanceOf(RelayState.Healthy.class);

        heard.set(outbox.now().minusSeconds(16));
        assertThat(stateNow()).isInstanceOf(RelayState.Unattended.class);
    }

    @Test
    void an_answer_is_good_for_a_second() {
        heard.set(outbox.now());
        stateNow();
        heard.set(null);

        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(lag.state()).isInstanceOf(RelayState.Healthy.class);

        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(lag.state()).isInstanceOf(RelayState.Unheard.class);
    }

    @Test
    void all_so_far_has_arrived_with_the_first_heartbeat_after_it() {
        var arrival = new RelayPosition(database, RelayLag.SLOT, heartbeats).arrivalOfAllSoFar();
        assertThat(arrival.getAsBoolean()).isFalse();

        heard.set(now.minusSeconds(1));
        assertThat(arrival.getAsBoolean()).isFalse();

        heard.set(outbox.now().plusMillis(1));
        assertThat(arrival.getAsBoolean()).isTrue();
    }

    @Test
    void a_probe_is_a_heartbeat_and_nothing_that_is_late() {
        heard.set(now.minusSeconds(1));

        new RelayProbe(database, MariaDbOutbox.HEARTBEATS).write();

        assertThat(stateNow()).isEqualTo(new RelayState.Healthy(Duration.ZERO));
        assertThat(database.jdbc()
                        .sql("""
                                select count(*) from outbox
                                where aggregatetype = :topic and aggregateid = 'outbox'
                                    and ce_time = concat(replace(left(occurred_at, 23), ' ', 'T'), 'Z')
                                """)
                        .param("topic", MariaDbOutbox.HEARTBEATS)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_bound_of_nothing_is_refused() {
        assertThatThrownBy(() -> new HeartbeatLag(database, heartbeats, Duration.ZERO))
                .hasMessageContaining("PT0S");
    }

    private RelayState stateNow() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        return lag.state();
    }
}
