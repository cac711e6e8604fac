package io.fanfare.store.outbox;

import static io.fanfare.store.RowStatement.bytes;
import static io.fanfare.store.RowStatement.integer;
import static io.fanfare.store.RowStatement.text;
import static io.fanfare.store.RowStatement.time;
import static io.fanfare.store.RowStatement.uuid;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.RowStatement;
import io.fanfare.store.RowStatement.Rows;
import io.fanfare.store.UtcTimes;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
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

    static final RowStatement INSERT = RowStatement.insert(
            "outbox",
            uuid("id"),
            text("aggregatetype"),
            text("aggregateid"),
            text("type"),
            bytes("payload"),
            integer("partition_no"),
            text("tenant_id"),
            text("traceparent"),
            time("occurred_at"),
            text("ce_time"));

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
        database.write(List.of(rows(events)));
    }

    /**
     * The facts as rows, for a transaction that writes them with all else, in this order.
     *
     * @throws SchemaRegistry.RegistryUnavailable as {@link #writeAll}
     */
    public Rows rows(List<? extends OutboxEvent<?>> events) {
        return INSERT.of(events, this::row);
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
