package io.fanfare.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.events.PrizeConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.UtcTimes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class OutboxIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final Database database;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Outbox outbox;

    OutboxIT(StoreServer server) {
        this.database = server.fresh();
        this.outbox = new Outbox(database, registry);
    }

    @Test
    void a_fact_is_written_as_the_relay_will_publish_it() {
        var event = new OutboxEvent<>(ACME, Topics.CONFIG, "acme/prize/prize_1/1", mug(), 3, "00-trace", AT);

        written(event);

        assertThat(count("""
                        select count(*) from outbox
                        where aggregatetype = 'fanfare.config.v1' and aggregateid = 'acme/prize/prize_1/1'
                            and type = 'PrizeConfigured' and partition_no = 3 and tenant_id = 'acme'
                            and traceparent = '00-trace' and occurred_at = '2026-03-01 12:00:00.123'
                            and ce_time = '2026-03-01T12:00:00.123Z'
                        """)).isEqualTo(1);
        assertThat(writtenAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        byte[] payload = database.jdbc()
                .sql("select payload from outbox")
                .query((row, _) -> row.getBytes(1))
                .single();
        assertThat(Topics.CONFIG.valueSerde(registry).deserializer().deserialize("", payload))
                .isEqualTo(mug());
        assertThat(outbox.payload(event)).isEqualTo(payload);
    }

    @Test
    void facts_keep_their_order() {
        List<OutboxEvent<PrizeConfigured>> events =
                List.of("c", "a", "b").stream().map(this::keyed).toList();

        database.inTransaction(() -> {
            outbox.writeAll(events);
            return events;
        });

        assertThat(database.jdbc()
                        .sql("select aggregateid from outbox order by position")
                        .query((row, _) -> row.getString(1))
                        .list())
                .containsExactly("c", "a", "b");
    }

    @Test
    void a_fact_belongs_to_a_transaction() {
        assertThatThrownBy(() -> outbox.write(keyed("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    outbox.write(keyed("a"));
                    throw new IllegalStateException("on second thoughts");
                }))
                .hasMessage("on second thoughts");

        assertThat(count("select count(*) from outbox")).isZero();
    }

    @Test
    void a_key_that_does_not_fit_is_refused() {
        assertThatThrownBy(() -> keyed("k".repeat(251))).hasMessageContaining("251 characters");
    }

    private void written(OutboxEvent<?> event) {
        database.inTransaction(() -> {
            outbox.write(event);
            return event;
        });
    }

    private OutboxEvent<PrizeConfigured> keyed(String key) {
        return OutboxEvent.keyed(ACME, Topics.CONFIG, key, mug(), null, AT);
    }

    private static PrizeConfigured mug() {
        return PrizeConfigured.newBuilder()
                .setTenantId("acme")
                .setPrizeId("prize_1")
                .setRevision(1)
                .setName("Mug")
                .setType("voucher")
                .setValue(500)
                .setOccurredAt(Instant.parse("2026-03-01T12:00:00Z"))
                .build();
    }

    private Instant writtenAt() {
        return database.jdbc()
                .sql("select written_at from outbox")
                .query((row, _) -> UtcTimes.instant(row.getObject(1, LocalDateTime.class)))
                .single();
    }

    private long count(String sql) {
        return database.jdbc().sql(sql).query((row, _) -> row.getLong(1)).single();
    }
}
