package io.fanfare.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A database for stores of definitions, with a clock to be set, and what they published. */
public final class Definitions {

    public static final TenantId ACME = new TenantId("acme");
    public static final TenantId RIVAL = new TenantId("rival");

    private final Database database;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SettableClock clock = new SettableClock();

    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("instants only");
        }
    }

    public Definitions(StoreServer server) {
        this.database = server.fresh();
    }

    public Database database() {
        return database;
    }

    public Outbox outbox() {
        return new Outbox(database, registry);
    }

    public Ids ids() {
        return new Ids();
    }

    public Clock clock() {
        return clock;
    }

    public Instant now() {
        return clock.instant();
    }

    public void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    /** What is on its way to the configuration topic, in order. */
    public List<SpecificRecord> published() {
        var serde = Topics.CONFIG.valueSerde(registry);
        return database
                .jdbc()
                .sql("select payload from outbox where aggregatetype = 'fanfare.config.v1' order by position")
                .query((row, _) -> row.getBytes(1))
                .stream()
                .map(bytes -> serde.deserializer().deserialize(Topics.CONFIG.name(), bytes))
                .toList();
    }

    public List<String> publishedKeys() {
        return database.jdbc()
                .sql("select aggregateid from outbox order by position")
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** The only one. */
    public <R extends SpecificRecord> R published(Class<R> type) {
        assertThat(published()).singleElement().isInstanceOf(type);
        return type.cast(published().getFirst());
    }
}
