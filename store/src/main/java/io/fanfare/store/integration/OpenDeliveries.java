package io.fanfare.store.integration;

import io.fanfare.store.Database;
import io.fanfare.store.Dialect;
import io.fanfare.store.UtcTimes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.jdbc.support.SqlValue;

/** What differs between the databases in the statements on deliveries. */
final class OpenDeliveries {

    private static final int MAX_TRIES = 5;

    /** Bodies are long, and a statement of MariaDB is 16 MB at most unless it is told otherwise. */
    private static final int ROWS_AT_ONCE = 50;

    /** What makes a delivery the one that it is. */
    private record Key(IntegrationId integration, UUID event) {}

    private OpenDeliveries() {}

    /**
     * The condition of what is to be taken by {@code :now}, in words that the index on open deliveries answers: PostgreSQL has one
     * on nothing else, MariaDB one on a column that is null for the rest.
     */
    static String due(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> "state in ('pending', 'processing', 'retrying') and due_at <= :now";
            case MARIADB -> "open_due_at <= :now";
        };
    }

    /** The column to take them in the order of, with the same index. */
    static String dueAt(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> "due_at";
            case MARIADB -> "open_due_at";
        };
    }

    /** Writes down those that are not there yet, all or none, and says how many these were. */
    static int insert(Database database, List<NewDelivery> deliveries, Instant now) {
        return switch (database.dialect()) {
            case POSTGRESQL -> insertOrIgnore(database, deliveries, now);
            case MARIADB -> insertMissing(database, deliveries, now);
        };
    }

    private static int insertOrIgnore(Database database, List<NewDelivery> deliveries, Instant now) {
        return database.jdbc()
                .sql("""
                        insert into webhook_delivery (tenant_id, integration_id, event_id, event_type, body, traceparent, state,
                            due_at, created_at)
                        select tenant_id, integration_id, cast(event_id as uuid), event_type, body, traceparent, 'pending',
                            :now, :now
                        from unnest(:tenants, :integrations, :events, :types, :bodies, :traceparents)
                            as t (tenant_id, integration_id, event_id, event_type, body, traceparent)
                        on conflict (integration_id, event_id) do nothing
                        """)
                .param("now", UtcTimes.column(now))
                .param("tenants", each(deliveries, delivery -> delivery.tenant().value()))
                .param(
                        "integrations",
                        each(deliveries, delivery -> delivery.integration().value()))
                .param("events", each(deliveries, delivery -> delivery.eventId().toString()))
                .param("types", each(deliveries, delivery -> delivery.type().word()))
                .param("bodies", each(deliveries, NewDelivery::body))
                .param("traceparents", each(deliveries, NewDelivery::traceparent))
                .update();
    }

    /**
     * An insert that ignores what is there ignores every other fault too on MariaDB, so it is given what is missing only; where
     * somebody else was faster in between, again.
     */
    private static int insertMissing(Database database, List<NewDelivery> deliveries, Instant now) {
        return database.inTransaction(() -> {
            int added = 0;
            for (int from = 0; from < deliveries.size(); from += ROWS_AT_ONCE) {
                List<NewDelivery> some = deliveries.subList(from, Math.min(deliveries.size(), from + ROWS_AT_ONCE));
                added += insertMissingAtOnce(database, some, now);
            }
            return added;
        });
    }

    private static int insertMissingAtOnce(Database database, List<NewDelivery> deliveries, Instant now) {
        for (int tries = 1; ; tries++) {
            List<NewDelivery> missing = missing(database, deliveries);
            if (missing.isEmpty()) {
                return 0;
            }
            try {
                return database.jdbc()
                        .sql("""
                                insert into webhook_delivery (tenant_id, integration_id, event_id, event_type, body,
                                    traceparent, state, due_at, created_at)
                                values :rows
                                """)
                        .param(
                                "rows",
                                missing.stream().map(one -> row(one, now)).toList())
                        .update();
            } catch (DuplicateKeyException meanwhile) {
                if (tries == MAX_TRIES) {
                    throw meanwhile;
                }
            }
        }
    }

    private static List<NewDelivery> missing(Database database, List<NewDelivery> deliveries) {
        var missing = new LinkedHashMap<Key, NewDelivery>();
        deliveries.forEach(one -> missing.putIfAbsent(new Key(one.integration(), one.eventId()), one));
        database.jdbc()
                .sql("""
                        select integration_id, event_id from webhook_delivery
                        where (integration_id, event_id) in (:keys)
                        """)
                .param(
                        "keys",
                        missing.keySet().stream()
                                .map(key -> new Object[] {key.integration().value(), key.event()})
                                .toList())
                .query((row, _) -> new Key(
                        new IntegrationId(row.getString("integration_id")), row.getObject("event_id", UUID.class)))
                .list()
                .forEach(missing::remove);
        return List.copyOf(missing.values());
    }

    private static @Nullable Object[] row(NewDelivery delivery, Instant now) {
        return new @Nullable Object[] {
            delivery.tenant().value(),
            delivery.integration().value(),
            delivery.eventId(),
            delivery.type().word(),
            delivery.body(),
            delivery.traceparent(),
            DeliveryState.PENDING.word(),
            UtcTimes.column(now),
            UtcTimes.column(now)
        };
    }

    private static SqlValue each(List<NewDelivery> deliveries, Function<NewDelivery, @Nullable String> text) {
        return new SqlArrayValue("varchar", deliveries.stream().map(text).toArray());
    }
}
