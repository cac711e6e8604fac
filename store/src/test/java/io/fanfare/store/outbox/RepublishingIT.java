package io.fanfare.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.events.PrizeConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.StorePostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepublishingIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final Instant LONG_AGO = Instant.parse("2026-03-01T12:00:00Z");

    private final Database database = StorePostgres.fresh();
    private final Outbox outbox = new Outbox(database, new InMemoryRegistry());
    private final Republishing republishing = new Republishing(database, outbox);

    @Test
    void what_is_retained_is_copied_to_the_letter_in_its_order() {
        write(ACME, 1_200);
        List<String> originals = rows();
        List<Long> progress = new ArrayList<>();

        var written = republishing.again(everything(null), progress::add);

        assertThat(written).containsOnly(entry("fanfare.config.v1", 1_200L));
        assertThat(progress).containsExactly(500L, 1_000L, 1_200L);
        List<String> twice = new ArrayList<>(originals);
        twice.addAll(originals);
        assertThat(rows()).isEqualTo(twice);
    }

    @Test
    void what_was_published_again_before_is_published_again_once() {
        write(ACME, 10);
        List<String> originals = rows();
        republishing.again(everything(null), _ -> {});

        var written = republishing.again(everything(null), _ -> {});

        assertThat(written).containsOnly(entry("fanfare.config.v1", 10L));
        assertThat(rows().subList(20, 30)).isEqualTo(originals);
    }

    @Test
    void what_was_written_before_stays_and_so_does_what_was_only_copied_since() {
        write(ACME, 3);
        database.jdbc()
                .sql("update outbox set written_at = written_at - interval '2 hours'")
                .update();
        republishing.again(everything(null), _ -> {});
        write(ACME, 2);
        var sinceThen = new Republishing.Selection(databaseNow().minusSeconds(3_600), null);

        var retained = republishing.retained(sinceThen);

        assertThat(retained.facts()).isEqualTo(2);
        assertThat(retained.oldest().orElseThrow()).isBefore(sinceThen.since());
        assertThat(republishing.again(sinceThen, _ -> {})).containsOnly(entry("fanfare.config.v1", 2L));
    }

    @Test
    void one_tenant_can_be_published_again_alone() {
        write(ACME, 3);
        write(GLOBEX, 2);

        var retained = republishing.retained(everything(GLOBEX));
        var written = republishing.again(everything(GLOBEX), _ -> {});

        assertThat(retained.byTopic()).containsOnly(entry("fanfare.config.v1", 2L));
        assertThat(written).isEqualTo(retained.byTopic());
        assertThat(rows().subList(5, 7)).allMatch(row -> row.contains("globex"));
    }

    @Test
    void the_relays_own_rows_are_let_be() {
        database.jdbc().sql("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
                        values (gen_random_uuid(), 'fanfare.relay-heartbeats.postgresql', 'outbox', 'RelayHeartbeat', '', '',
                            now(), '')
                        """).update();

        assertThat(republishing.retained(everything(null)).facts()).isZero();
        assertThat(republishing.again(everything(null), _ -> {})).isEmpty();
    }

    @Test
    void given_facts_are_written_as_new_ones() {
        List<OutboxEvent<PrizeConfigured>> facts =
                IntStream.range(0, 501).mapToObj(n -> fact(ACME, n)).toList();
        List<Long> progress = new ArrayList<>();

        var written = republishing.again(facts, progress::add);

        assertThat(written).containsOnly(entry("fanfare.config.v1", 501L));
        assertThat(progress).containsExactly(500L, 501L);
        assertThat(rows()).hasSize(501);
    }

    private static Republishing.Selection everything(@Nullable TenantId tenant) {
        return new Republishing.Selection(LONG_AGO, tenant);
    }

    private void write(TenantId tenant, int facts) {
        database.inTransaction(() -> {
            outbox.writeAll(
                    IntStream.range(0, facts).mapToObj(n -> fact(tenant, n)).toList());
            return facts;
        });
    }

    private static OutboxEvent<PrizeConfigured> fact(TenantId tenant, int n) {
        var mug = PrizeConfigured.newBuilder()
                .setTenantId(tenant.value())
                .setPrizeId("prize_" + n)
                .setRevision(1)
                .setName("Mug")
                .setType("physical")
                .setValue(1)
                .setOccurredAt(LONG_AGO)
                .build();
        return new OutboxEvent<>(tenant, Topics.CONFIG, "key_" + n, mug, n % 2 == 0 ? null : n, "00-trace", LONG_AGO);
    }

    /** Without what is new of each: its position, and when it was written. */
    private List<String> rows() {
        return database.jdbc().sql("""
                        select concat_ws('|', id, aggregatetype, aggregateid, type, encode(payload, 'hex'), partition_no,
                            tenant_id, traceparent, occurred_at, ce_time)
                        from outbox order by position
                        """).query((row, _) -> row.getString(1)).list();
    }

    private Instant databaseNow() {
        return database.jdbc()
                .sql("select clock_timestamp()")
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
    }
}
