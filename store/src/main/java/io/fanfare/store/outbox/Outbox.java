package io.fanfare.store.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes facts to the table that the relay publishes from. A fact is written in the transaction that makes it one, so it is
 * published if and only if it is true; the order of the rows is the order on the topic.
 */
public final class Outbox {

    static final String INSERT = """
            insert into outbox (id, aggregatetype, aggregateid, type, payload, partition_no, tenant_id, traceparent,
                occurred_at, ce_time)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** Always with milliseconds: the same instant has one text. */
    private static final DateTimeFormatter RFC_3339 =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Database database;
    private final SchemaRegistry registry;
    private final Map<String, RecordWriter<?>> writers = new ConcurrentHashMap<>();

    public Outbox(Database database, SchemaRegistry registry) {
        this.database = database;
        this.registry = registry;
    }

    /** Writes one fact; see {@link #writeAll}. */
    public void write(OutboxEvent<?> event) {
        writeAll(List.of(event));
    }

    /**
     * Writes facts, in this order.
     *
     * @throws IllegalStateException outside a transaction
     * @throws SchemaRegistry.RegistryUnavailable on the first record of a type, where the registry does not answer
     */
    public void writeAll(List<? extends OutboxEvent<?>> events) {
        database.requireTransaction("a fact was to be written");
        List<@Nullable Object[]> rows = new ArrayList<>(events.size());
        for (OutboxEvent<?> event : events) {
            rows.add(row(event));
        }
        database.batch(INSERT, rows);
    }

    /** The record as it will be on its topic, in the wire format. */
    public byte[] payload(OutboxEvent<?> event) {
        return encoded(event);
    }

    private @Nullable Object[] row(OutboxEvent<?> event) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        return new @Nullable Object[] {
            id,
            event.topic().name(),
            event.key(),
            event.record().getSchema().getName(),
            encoded(event),
            event.partition(),
            event.tenant().value(),
            event.traceparent(),
            UtcTimes.column(event.occurredAt()),
            RFC_3339.format(UtcTimes.toMillis(event.occurredAt()))
        };
    }

    private <V extends SpecificRecord> byte[] encoded(OutboxEvent<V> event) {
        return writer(event.topic()).write(event.record());
    }

    // A topic's writer is only ever put under the name of that topic.
    @SuppressWarnings("unchecked")
    private <V extends SpecificRecord> RecordWriter<V> writer(Topic<String, V> topic) {
        return (RecordWriter<V>) writers.computeIfAbsent(topic.name(), _ -> new RecordWriter<>(topic, registry));
    }
}
