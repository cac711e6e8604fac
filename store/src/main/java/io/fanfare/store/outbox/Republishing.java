package io.fanfare.store.outbox;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Publishes facts again, by hand: writes them to the outbox once more, to go the way of every other fact. What is retained is
 * copied to the letter, event id and number included, so that whoever knows it already passes it over; the copies are in the order
 * of the originals, and a fact that was copied before is copied once.
 */
@AcrossTenants("an operator does it for one tenant or for all of them")
public final class Republishing {

    private static final int BATCH = 500;

    /** The relay's own rows are about the time at which they were written. */
    private static final String FACTS = """
            from outbox
            where aggregatetype not like 'fanfare.relay-heartbeats.%'
                and (cast(:tenant as char) is null or tenant_id = :tenant)
            group by id
            having min(written_at) >= :since
            """;

    private final Database database;
    private final Outbox outbox;

    /**
     * Which facts.
     *
     * @param since they were written then or later, by the database's clock
     * @param tenant null: of all tenants
     */
    public record Selection(Instant since, @Nullable TenantId tenant) {
        public Selection {
            requireNonNull(since, "since");
        }
    }

    /**
     * @param oldest when the oldest fact of all was written that is retained; empty where there is none
     * @param byTopic how many of the selected facts there are for each topic
     */
    public record Retained(Optional<Instant> oldest, SortedMap<String, Long> byTopic) {
        public Retained {
            byTopic = new TreeMap<>(byTopic);
        }

        public long facts() {
            return byTopic.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    public Republishing(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /** Counts what is there to be published again. */
    public Retained retained(Selection selection) {
        Map<String, Long> byTopic = new TreeMap<>();
        selected(
                        "select topic, count(*) as facts from (select min(aggregatetype) as topic " + FACTS
                                + ") as fact group by topic",
                        selection)
                .query(row -> {
                    byTopic.put(row.getString("topic"), row.getLong("facts"));
                });
        Optional<Instant> oldest = database.jdbc()
                .sql("select min(written_at) from outbox")
                .query((row, _) -> row.getObject(1, LocalDateTime.class))
                .optional()
                .map(UtcTimes::instant);
        return new Retained(oldest, new TreeMap<>(byTopic));
    }

    /**
     * Writes what is retained again, a few hundred facts per transaction.
     *
     * @param afterEach told after each transaction how many were written so far; where it waits, so does the next one
     * @return how many were written for each topic: what was committed since they were counted may be among them
     */
    public SortedMap<String, Long> again(Selection selection, LongConsumer afterEach) {
        // Read with a cursor, which lives as long as its transaction; each batch has one of its own beside it.
        return database.inTransaction(() -> selected(
                        "select * from outbox where position in (select min(position) " + FACTS + ") order by position",
                        selection)
                .withFetchSize(BATCH)
                .query((ResultSet rows) -> copied(rows, afterEach)));
    }

    /**
     * Writes these facts, as if they had just become true.
     *
     * @param afterEach as of {@link #again(Selection, LongConsumer)}
     * @return how many were written for each topic
     */
    public SortedMap<String, Long> again(List<? extends OutboxEvent<?>> facts, LongConsumer afterEach) {
        var byTopic = new TreeMap<String, Long>();
        for (int from = 0; from < facts.size(); from += BATCH) {
            List<? extends OutboxEvent<?>> batch = facts.subList(from, Math.min(facts.size(), from + BATCH));
            database.inTransaction(() -> {
                outbox.writeAll(batch);
                return batch;
            });
            batch.forEach(fact -> byTopic.merge(fact.topic().name(), 1L, Math::addExact));
            afterEach.accept(from + batch.size());
        }
        return byTopic;
    }

    /** Everybody who has defined something. */
    public List<TenantId> tenants() {
        return database.jdbc()
                .sql("""
                        select tenant_id from campaign
                        union select tenant_id from game
                        union select tenant_id from prize
                        union select tenant_id from leaderboard
                        union select tenant_id from integration
                        order by tenant_id
                        """)
                .query((row, _) -> new TenantId(row.getString(1)))
                .list();
    }

    private StatementSpec selected(String sql, Selection selection) {
        TenantId tenant = selection.tenant();
        return database.jdbc()
                .sql(sql)
                .param("since", UtcTimes.column(selection.since()))
                .param("tenant", tenant == null ? null : tenant.value());
    }

    private SortedMap<String, Long> copied(ResultSet rows, LongConsumer afterEach) throws SQLException {
        var byTopic = new TreeMap<String, Long>();
        long written = 0;
        List<@Nullable Object[]> batch = new ArrayList<>(BATCH);
        while (rows.next()) {
            batch.add(copy(rows));
            byTopic.merge(rows.getString("aggregatetype"), 1L, Math::addExact);
            if (batch.size() == BATCH) {
                written += write(batch);
                batch.clear();
                afterEach.accept(written);
            }
        }
        if (!batch.isEmpty()) {
            written += write(batch);
            afterEach.accept(written);
        }
        return byTopic;
    }

    private static @Nullable Object[] copy(ResultSet row) throws SQLException {
        return new @Nullable Object[] {
            row.getObject("id", UUID.class),
            row.getString("aggregatetype"),
            row.getString("aggregateid"),
            row.getString("type"),
            row.getBytes("payload"),
            row.getObject("partition_no", Integer.class),
            row.getString("tenant_id"),
            row.getString("traceparent"),
            row.getObject("occurred_at", LocalDateTime.class),
            row.getString("ce_time")
        };
    }

    private int write(List<@Nullable Object[]> batch) {
        return database.inTransactionBeside(() -> {
            database.write(List.of(Outbox.INSERT.of(batch, row -> row)));
            return batch.size();
        });
    }
}
