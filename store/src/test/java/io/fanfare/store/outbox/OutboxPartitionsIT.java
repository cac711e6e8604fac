package io.fanfare.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.store.Database;
import io.fanfare.store.StorePostgres;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.outbox.OutboxPartitions.Maintained;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxPartitionsIT {

    private static final Duration RETENTION = Duration.ofHours(4);

    private final Database database = StorePostgres.fresh();
    private final Relay relay = Relay.of(database).started();
    private final OutboxPartitions partitions = new OutboxPartitions(database, relay.slot(), RETENTION);
    private final Instant now = databaseNow();

    @AfterEach
    void dropSlot() {
        relay.drop();
    }

    @Test
    void hours_ahead_have_their_partitions_and_default_stays_empty() {
        Maintained maintained = partitions.maintain(now);

        relay.fact();
        assertThat(maintained.created()).hasSize(7).allMatch(name -> name.matches("outbox_p\\d{10}"));
        assertThat(count("select count(*) from outbox_default")).isZero();
        assertThat(count("select count(*) from outbox")).isEqualTo(1);
        assertThat(partitions.maintain(now).created()).isEmpty();
    }

    @Test
    void the_order_of_rows_runs_through_all_partitions() {
        writtenAt(now.minus(1, ChronoUnit.HOURS));
        partitions.maintain(now);
        writtenAt(now);
        writtenAt(now.plus(1, ChronoUnit.HOURS));

        assertThat(database.jdbc()
                        .sql("select position from outbox order by written_at")
                        .query((row, _) -> row.getLong(1))
                        .list())
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void an_hour_that_default_took_rows_for_is_left_to_default() {
        writtenAt(now);

        Maintained maintained = partitions.maintain(now);

        assertThat(maintained.created()).hasSize(6);
        writtenAt(now);
        assertThat(count("select count(*) from outbox_default")).isEqualTo(2);
    }

    @Test
    void what_is_older_than_the_retention_and_relayed_goes() {
        Instant old = now.minus(Duration.ofHours(8));
        partitions.maintain(old);
        writtenAt(old);
        writtenAt(now.minus(Duration.ofHours(3)));
        partitions.maintain(now);
        relay.catchUp();

        Maintained maintained = partitions.maintain(now.plus(Duration.ofSeconds(1)));

        assertThat(maintained.dropped()).contains(name(old)).doesNotContain(name(now.minus(Duration.ofHours(3))));
        assertThat(count("select count(*) from outbox")).isEqualTo(1);
    }

    @Test
    void what_is_old_and_not_relayed_stays() {
        Instant old = now.minus(Duration.ofHours(8));
        partitions.maintain(old);
        writtenAt(old);
        relay.fact();

        Maintained maintained = partitions.maintain(now);

        assertThat(maintained.dropped()).isEmpty();
        assertThat(count("select count(*) from outbox")).isEqualTo(2);
    }

    @Test
    void a_new_slot_does_not_vouch_for_what_was_written_before_it() {
        Instant old = now.minus(Duration.ofHours(8));
        partitions.maintain(old);
        writtenAt(old);
        partitions.maintain(now);
        relay.drop();
        partitions.maintain(now);
        relay.started();

        Maintained maintained = partitions.maintain(now);

        assertThat(maintained.dropped()).isEmpty();
        assertThat(count("select count(*) from outbox")).isEqualTo(1);
    }

    @Test
    void old_and_relayed_rows_of_default_go_too() {
        writtenAt(now.minus(Duration.ofHours(8)));
        partitions.maintain(now);
        relay.catchUp();

        partitions.maintain(now);

        assertThat(count("select count(*) from outbox")).isZero();
    }

    @Test
    void any_number_of_instances_may_maintain_at_once() throws Exception {
        List<Callable<Maintained>> calls = Collections.nCopies(8, () -> partitions.maintain(now));

        List<Maintained> all;
        try (var threads = Executors.newFixedThreadPool(8)) {
            all = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }

        assertThat(all).flatMap(Maintained::created).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void a_retention_below_an_hour_is_refused() {
        assertThatThrownBy(() -> new OutboxPartitions(database, relay.slot(), Duration.ofMinutes(59)))
                .hasMessageContaining("PT59M");
    }

    private void writtenAt(Instant at) {
        database.jdbc().sql("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time,
                            written_at)
                        values (gen_random_uuid(), 'fanfare.plays.v1', 'acme/ada', 'PlayCompleted', '', 'acme', now(), '', ?)
                        """).param(UtcTimes.column(at)).update();
    }

    private static String name(Instant hour) {
        return "outbox_p%s".formatted(hour.toString().replaceAll("[-T]", "").substring(0, 10));
    }

    private Instant databaseNow() {
        return database.jdbc()
                .sql("select now() at time zone 'utc'")
                .query((row, _) -> UtcTimes.instant(row.getObject(1, LocalDateTime.class)))
                .single();
    }

    private long count(String sql) {
        return database.jdbc().sql(sql).query((row, _) -> row.getLong(1)).single();
    }
}
