package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches how far the relay is behind, in time. A row does not know its place in the log, so every check notes where the log
 * stands; what was written after the newest note that the relay has confirmed may not be relayed yet. How late that is counts
 * from the oldest note that the relay has not confirmed, never from the row alone: where nobody asked for an hour, a row of an
 * hour ago proves nothing. So the lag is at least what is said here, and too small by no more than the time between two checks.
 * Times are the database's own. An answer is reused for a second.
 *
 * <p>Time alone does not protect the slot, which is lost by bytes: {@code max_slot_wal_keep_size}. Where less than half of that is
 * left, the relay is in danger, however short it is behind.
 */
@AcrossTenants("one relay serves all tenants")
public final class RelayLag {

    /** The slot of the connector that ships with the platform. */
    public static final String SLOT = "fanfare_outbox";

    private static final long REUSED_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_NOTES = 512;

    /** Between two connections of a relay that is well. */
    private static final long AWAY_NANOS = Duration.ofSeconds(15).toNanos();

    private final Database database;
    private final String slot;
    private final Duration bound;
    private final LongSupplier nanoTime;
    private final Deque<Note> notes = new ArrayDeque<>();
    private @Nullable Checked checked;
    private @Nullable Long unattendedSinceNanos;

    /** Where the log stood at a time. */
    private record Note(long position, Instant at) {}

    private record Checked(RelayState state, long atNanos) {}

    /**
     * @param bytesLeft that can be written before it may be lost; null where the server keeps whatever it needs
     * @param bytesKept that the server keeps for it at most; negative where it keeps whatever it needs
     */
    private record Slot(
            String walStatus,
            boolean attended,
            long confirmed,
            @Nullable Long bytesLeft,
            long bytesKept,
            Note now) {

        boolean isLost() {
            return walStatus.equals("lost");
        }

        boolean isInDanger() {
            return bytesLeft != null && bytesKept > 0 && bytesLeft < bytesKept / 2;
        }
    }

    /** @param bound a lag above it is {@link RelayState.Behind} */
    public RelayLag(Database database, String slot, Duration bound) {
        this(database, slot, bound, System::nanoTime);
    }

    RelayLag(Database database, String slot, Duration bound, LongSupplier nanoTime) {
        if (!bound.isPositive()) {
            throw new IllegalArgumentException("the bound is %s, expected more than nothing".formatted(bound));
        }
        this.database = database;
        this.slot = slot;
        this.bound = bound;
        this.nanoTime = nanoTime;
    }

    /** How it is doing now, or was a moment ago. */
    public synchronized RelayState state() {
        long now = nanoTime.getAsLong();
        if (checked == null || now - checked.atNanos() >= REUSED_NANOS) {
            checked = new Checked(check(), now);
        }
        return checked.state();
    }

    synchronized int notesKept() {
        return notes.size();
    }

    private RelayState check() {
        Optional<Slot> found = slot();
        if (found.isEmpty()) {
            notes.clear();
            unattendedSinceNanos = null;
            return new RelayState.NoSlot();
        }
        Slot current = found.get();
        if (current.isLost()) {
            notes.clear();
            return new RelayState.SlotLost();
        }
        note(current.now());
        forgetConfirmed(current.confirmed());
        Duration lag = lag(current);
        if (current.bytesLeft() != null && current.isInDanger()) {
            return new RelayState.InDanger(lag, current.bytesLeft());
        }
        if (lag.compareTo(bound) > 0) {
            return new RelayState.Behind(lag);
        }
        return isUnattended(current) ? new RelayState.Unattended(lag) : new RelayState.Healthy(lag);
    }

    /** A connector that starts anew is away for a moment; that is not worth mentioning. */
    private boolean isUnattended(Slot current) {
        if (current.attended()) {
            unattendedSinceNanos = null;
            return false;
        }
        long now = nanoTime.getAsLong();
        if (unattendedSinceNanos == null) {
            unattendedSinceNanos = now;
        }
        return now - unattendedSinceNanos > AWAY_NANOS;
    }

    private Optional<Slot> slot() {
        return database.jdbc()
                .sql("""
                        select coalesce(wal_status, 'lost') as wal_status,
                            coalesce(pg_wal_lsn_diff(confirmed_flush_lsn, '0/0'), 0)::bigint as confirmed,
                            pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as position,
                            active,
                            safe_wal_size as bytes_left,
                            pg_size_bytes(current_setting('max_slot_wal_keep_size')) as bytes_kept,
                            clock_timestamp() at time zone 'utc' as at
                        from pg_replication_slots
                        where slot_name = :slot
                        """)
                .param("slot", slot)
                .query(RelayLag::readSlot)
                .optional();
    }

    private static Slot readSlot(ResultSet row, int number) throws SQLException {
        var now = new Note(row.getLong("position"), UtcTimes.instant(row.getObject("at", LocalDateTime.class)));
        return new Slot(
                row.getString("wal_status"),
                row.getBoolean("active"),
                row.getLong("confirmed"),
                row.getObject("bytes_left", Long.class),
                row.getLong("bytes_kept"),
                now);
    }

    private void note(Note now) {
        notes.addLast(now);
        if (notes.size() > MAX_NOTES) {
            thinOut();
        }
    }

    /** Drops every second note but the first: a relay that stands still for long is watched more coarsely. */
    private void thinOut() {
        boolean keep = true;
        for (Iterator<Note> each = notes.iterator(); each.hasNext(); keep = !keep) {
            each.next();
            if (!keep) {
                each.remove();
            }
        }
    }

    /** Leaves the newest confirmed note as the first one; where none is confirmed yet, the oldest. */
    private void forgetConfirmed(long confirmed) {
        Note first = notes.removeFirst();
        while (!notes.isEmpty() && notes.getFirst().position() <= confirmed) {
            first = notes.removeFirst();
        }
        notes.addFirst(first);
    }

    private Duration lag(Slot current) {
        Optional<Instant> unconfirmedSince = notes.stream()
                .filter(note -> note.position() > current.confirmed())
                .map(Note::at)
                .findFirst();
        Optional<Instant> oldestRow = oldestRowAfter(notes.getFirst().at());
        if (unconfirmedSince.isEmpty() || oldestRow.isEmpty()) {
            return Duration.ZERO;
        }
        Instant lateSince = Collections.max(List.of(unconfirmedSince.get(), oldestRow.get()));
        Duration lag = Duration.between(lateSince, current.now().at());
        return lag.isNegative() ? Duration.ZERO : lag;
    }

    private Optional<Instant> oldestRowAfter(Instant relayedUntil) {
        return database.jdbc()
                .sql("select min(written_at) from outbox where written_at > :relayed_until")
                .param("relayed_until", UtcTimes.column(relayedUntil))
                .query((row, _) -> row.getObject(1, LocalDateTime.class))
                .optional()
                .map(UtcTimes::instant);
    }
}
