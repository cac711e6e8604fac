package io.fanfare.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.store.Database;
import io.fanfare.store.StoreServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxRetentionIT {

    private static final Duration RETENTION = Duration.ofHours(4);
    private static final int MORE_THAN_A_BITE = 12_001;

    private final Database database = StoreServer.Embedded.MARIADB.fresh();
    private final MariaDbOutbox outbox = new MariaDbOutbox(database);
    private final AtomicReference<@Nullable Instant> heard = new AtomicReference<>();
    private final OutboxRetention retention =
            new OutboxRetention(database, () -> Optional.ofNullable(heard.get()), RETENTION);
    private final Instant now = outbox.now();

    @Test
    void what_is_older_than_the_retention_and_has_arrived_goes() {
        outbox.factAt(now.minus(RETENTION).minusSeconds(1));
        outbox.heartbeatAt(now.minus(RETENTION).minusSeconds(1));
        outbox.factAt(now.minus(RETENTION).plusSeconds(1));
        heard.set(now);

        assertThat(retention.sweep(now)).isEqualTo(2);
        assertThat(outbox.rows()).isEqualTo(1);
    }

    @Test
    void what_has_perhaps_not_arrived_stays_however_old_it_is() {
        outbox.factAt(now.minus(Duration.ofHours(10)));
        outbox.factAt(now.minus(Duration.ofHours(8)));
        heard.set(now.minus(Duration.ofMinutes(8 * 60 + 30)));

        assertThat(retention.sweep(now)).isEqualTo(1);
        assertThat(outbox.rows()).isEqualTo(1);
    }

    @Test
    void what_was_written_within_an_hour_before_the_heartbeat_may_have_been_committed_after_it() {
        outbox.factAt(now.minus(Duration.ofHours(8)));
        heard.set(now.minus(Duration.ofHours(7)).minusSeconds(1));

        assertThat(retention.sweep(now)).isZero();
    }

    @Test
    void where_nothing_was_heard_nothing_goes() {
        outbox.factAt(now.minus(Duration.ofDays(30)));

        assertThat(retention.sweep(now)).isZero();
    }

    @Test
    void bite_by_bite_all_of_it_goes_once_however_many_are_at_it() throws Exception {
        database.jdbc().sql("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time,
                            written_at)
                        select uuid(), 'fanfare.plays.v1', 'acme/ada', 'PlayCompleted', '', 'acme', utc_timestamp(3), '',
                            utc_timestamp(6) - interval 1 day
                        from seq_1_to_%d
                        """.formatted(MORE_THAN_A_BITE)).update();
        outbox.factAt(now);
        heard.set(now);
        List<Callable<Long>> calls = Collections.nCopies(4, () -> retention.sweep(now));

        List<Long> swept;
        try (var threads = Executors.newFixedThreadPool(4)) {
            swept = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
        long left = retention.sweep(now);

        assertThat(swept.stream().mapToLong(Long::longValue).sum() + left).isEqualTo(MORE_THAN_A_BITE);
        assertThat(outbox.rows()).isEqualTo(1);
    }

    @Test
    void a_retention_below_an_hour_is_refused() {
        assertThatThrownBy(() -> new OutboxRetention(database, Optional::empty, Duration.ofMinutes(59)))
                .hasMessageContaining("PT59M");
    }
}
