package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keeps the outbox in hourly partitions: makes them ahead of time, drops them when they are older than the retention and the
 * relay has confirmed everything in them.
 */
@AcrossTenants("the outbox carries the facts of all tenants")
public final class OutboxPartitions {

    public static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

    private static final int HOURS_AHEAD = 6;
    private static final long ADVISORY_LOCK = 0x46414e4641524531L;
    private static final String PREFIX = "outbox_p";
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** A row carries the time at which its transaction began, and is in the log when it ends: no transaction takes this long. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

    private final Database database;
    private final String slot;
    private final Duration retention;

    /** What maintenance did; nothing where another instance was at it. */
    public record Maintained(List<String> created, List<String> dropped) {
        public Maintained {
            created = List.copyOf(created);
            dropped = List.copyOf(dropped);
        }
    }

    /** @param slot of the relay, {@link RelayLag#SLOT} */
    public OutboxPartitions(Database database, String slot, Duration retention) {
        if (retention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "retention is %s, expected at least %s".formatted(retention, SHORTEST_RETENTION));
        }
        this.database = database;
        this.slot = slot;
        this.retention = retention;
    }

    /**
     * Does what is due. To be called every minute or so, by any instance or by all of them.
     *
     * @param now by the real clock, which the database stamps the rows with, never by a development clock
     */
    public Maintained maintain(Instant now) {
        List<String> created = alone(() -> {
                    noteWhereTheLogStands();
                    return createAhead(now);
                })
                .orElse(List.of());
        List<String> dropped = new ArrayList<>();
        for (String expired : expired(now)) {
            // Each on its own: dropping waits for readers of the whole table, and everybody waits for it meanwhile.
            alone(() -> drop(expired)).ifPresent(dropped::add);
        }
        alone(() -> sweepDefault(now));
        return new Maintained(created, dropped);
    }

    private <T> Optional<T> alone(Supplier<T> work) {
        return database.inTransaction(() -> {
            boolean isAlone = database.jdbc()
                    .sql("select pg_try_advisory_xact_lock(:lock)")
                    .param("lock", ADVISORY_LOCK)
                    .query(Boolean.class)
                    .single();
            if (!isAlone) {
                return Optional.empty();
            }
            // Whoever cannot have the table soon tries again at the next call, rather than have every play queue
            // behind.
            database.jdbc().sql("set local lock_timeout = '2s'").update();
            return Optional.of(work.get());
        });
    }

    private List<String> createAhead(Instant now) {
        Instant thisHour = now.truncatedTo(ChronoUnit.HOURS);
        List<String> existing = partitions();
        return IntStream.rangeClosed(0, HOURS_AHEAD)
                .mapToObj(hours -> thisHour.plus(hours, ChronoUnit.HOURS))
                .filter(hour -> !existing.contains(name(hour)) && !isInDefault(hour))
                .map(this::create)
                .toList();
    }

    private List<String> partitions() {
        return database.jdbc().sql("""
                        select child.relname
                        from pg_inherits
                        join pg_class child on child.oid = pg_inherits.inhrelid
                        where pg_inherits.inhparent = 'outbox'::regclass
                        order by child.relname
                        """).query((row, _) -> row.getString(1)).list();
    }

    /** Rows that went to the default partition stay there: to move one would be to publish it again. */
    private boolean isInDefault(Instant hour) {
        return database.jdbc()
                .sql("""
                        select exists (select 1 from outbox_default where written_at >= :from and written_at < :until)
                        """)
                .param("from", UtcTimes.column(hour))
                .param("until", UtcTimes.column(hour.plus(1, ChronoUnit.HOURS)))
                .query(Boolean.class)
                .single();
    }

    /** Attaching, unlike creating in place, does not wait for the plays that are being committed. */
    private String create(Instant hour) {
        String name = name(hour);
        database.jdbc()
                .sql("create table %s (like outbox including defaults)".formatted(name))
                .update();
        database.jdbc()
                .sql("alter table outbox attach partition %s for values from ('%s') to ('%s')"
                        .formatted(name, TIMESTAMP.format(hour), TIMESTAMP.format(hour.plus(1, ChronoUnit.HOURS))))
                .update();
        return name;
    }

    /**
     * A note is confirmed once the slot is beyond it, and not when it is just there: that is where a new slot begins, with
     * nothing relayed yet. For the same reason the notes are worth nothing any more once the slot is gone.
     */
    private void noteWhereTheLogStands() {
        int slots = database.jdbc().sql("""
                        insert into relay_mark (taken_at, lsn)
                        select clock_timestamp() at time zone 'utc', pg_current_wal_insert_lsn()
                        from pg_replication_slots
                        where slot_name = :slot and wal_status <> 'lost'
                        """).param("slot", slot).update();
        if (slots == 0) {
            database.jdbc().sql("delete from relay_mark").update();
        }
        database.jdbc().sql("""
                        delete from relay_mark
                        where taken_at < (
                            select max(taken_at) from relay_mark
                            join pg_replication_slots on slot_name = :slot and confirmed_flush_lsn > lsn)
                        """).param("slot", slot).update();
    }

    private List<String> expired(Instant now) {
        return dropBefore(now).stream()
                .flatMap(before -> partitions().stream()
                        .filter(name -> isHourly(name) && !end(name).isAfter(before)))
                .toList();
    }

    private Optional<Instant> dropBefore(Instant now) {
        return relayedUntil()
                .map(relayed -> Stream.of(now.minus(retention), relayed.minus(LONGEST_TRANSACTION))
                        .min(Instant::compareTo)
                        .orElseThrow());
    }

    private Optional<Instant> relayedUntil() {
        return database.jdbc()
                .sql("""
                        select max(taken_at) from relay_mark
                        join pg_replication_slots on slot_name = :slot and wal_status <> 'lost'
                            and confirmed_flush_lsn > lsn
                        """)
                .param("slot", slot)
                .query((row, _) -> row.getObject(1, LocalDateTime.class))
                .optional()
                .map(UtcTimes::instant);
    }

    private String drop(String partition) {
        database.jdbc().sql("drop table " + partition).update();
        return partition;
    }

    private int sweepDefault(Instant now) {
        return dropBefore(now)
                .map(before -> database.jdbc()
                        .sql("delete from outbox_default where written_at < :before")
                        .param("before", UtcTimes.column(before))
                        .update())
                .orElse(0);
    }

    private static String name(Instant hour) {
        return PREFIX + HOUR.format(hour);
    }

    private static boolean isHourly(String name) {
        return name.startsWith(PREFIX);
    }

    private static Instant end(String name) {
        LocalDateTime hour = LocalDateTime.parse(
                name.substring(PREFIX.length()) + "00", DateTimeFormatter.ofPattern("yyyyMMddHHmm"));
        return hour.toInstant(ZoneOffset.UTC).plus(1, ChronoUnit.HOURS);
    }
}
