package io.fanfare.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.events.PrizeConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.UtcTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class RepublishingIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final Instant LONG_AGO = Instant.parse("2026-03-01T12:00:00Z");

    private final Database database;
    private final Outbox outbox;
    private final Republishing republishing;

    RepublishingIT(StoreServer server) {
        this.database = server.fresh();
        this.outbox = new Outbox(database, new InMemoryRegistry());
        this.republishing = new Republishing(database, outbox);
    }

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
                .sql("update outbox set written_at = ?")
                .param(UtcTimes.column(Instant.now().minus(Duration.ofHours(2))))
                .update();
        republishing.again(everything(null), _ -> {});
        write(ACME, 2);
        var sinceThen = new Republishing.Selection(Instant.now().minus(Duration.ofHours(1)), null);

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
        database.jdbc()
                .sql("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
                        values (?, 'fanfare.relay-heartbeats.postgresql', 'outbox', 'RelayHeartbeat', '', '', ?, '')
                        """)
                .params(UUID.randomUUID(), UtcTimes.column(LONG_AGO))
                .update();

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
        return database.jdbc()
                .sql("""
                        select id, aggregatetype, aggregateid, type, partition_no, tenant_id, traceparent, occurred_at,
                            ce_time, payload
                        from outbox order by position
                        """)
                .query((row, _) -> {
                    var columns = new StringJoiner("|");
                    for (int column = 1; column <= 9; column++) {
                        columns.add(row.getString(column));
                    }
                    return columns.add(HexFormat.of().formatHex(row.getBytes("payload")))
                            .toString();
                })
                .list();
    }
}
