package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches how far the relay of a MariaDB is behind, in time: what was written after the latest heartbeat that came back may not
 * have arrived. So the lag of a relay that is well is up to the time between two heartbeats. Times are the database's own. An
 * answer is reused for a second.
 *
 * <p>There is no slot, so none that is lost, and no log that is kept for the relay until the disk is full: the server throws its log away by
 * age, and what it takes along is still in the outbox ({@link OutboxRetention}).
 */
@AcrossTenants("one relay serves all tenants")
public final class HeartbeatLag {

    private static final long REUSED_NANOS = Duration.ofSeconds(1).toNanos();

    /** Three heartbeats: one may be late. */
    private static final Duration AWAY = Duration.ofSeconds(15);

    private final Database database;
    private final HeardHeartbeats heartbeats;
    private final Duration bound;
    private final LongSupplier nanoTime;
    private @Nullable Checked checked;

    private record Checked(RelayState state, long atNanos) {}

    /** @param oldest when the oldest fact was written that may not have arrived; null where there is none */
    private record Waiting(Instant now, @Nullable Instant oldest) {}

    /** @param bound a lag above it is {@link RelayState.Behind} */
    public HeartbeatLag(Database database, HeardHeartbeats heartbeats, Duration bound) {
        this(database, heartbeats, bound, System::nanoTime);
    }

    HeartbeatLag(Database database, HeardHeartbeats heartbeats, Duration bound, LongSupplier nanoTime) {
        if (!bound.isPositive()) {
            throw new IllegalArgumentException("the bound is %s, expected more than nothing".formatted(bound));
        }
        this.database = database;
        this.heartbeats = heartbeats;
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

    private RelayState check() {
        Optional<Instant> heard = heartbeats.latest();
        return heard.map(this::since).orElseGet(RelayState.Unheard::new);
    }

    private RelayState since(Instant heard) {
        Waiting waiting = waitingSince(heard);
        Instant oldest = waiting.oldest();
        Duration lag = oldest == null ? Duration.ZERO : atLeastNothing(Duration.between(oldest, waiting.now()));
        if (lag.compareTo(bound) > 0) {
            return new RelayState.Behind(lag);
        }
        boolean isAway = Duration.between(heard, waiting.now()).compareTo(AWAY) > 0;
        return isAway ? new RelayState.Unattended(lag) : new RelayState.Healthy(lag);
    }

    /** Heartbeats themselves are nothing that anybody waits for. */
    private Waiting waitingSince(Instant heard) {
        return database.jdbc()
                .sql("""
                        select utc_timestamp(6) as at, (
                            select written_at from outbox
                            where written_at > :heard and aggregatetype not like 'fanfare.relay-heartbeats.%'
                            order by written_at
                            limit 1) as oldest
                        """)
                .param("heard", UtcTimes.column(heard))
                .query(HeartbeatLag::waiting)
                .single();
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        return new Waiting(
                UtcTimes.instant(row.getObject("at", LocalDateTime.class)),
                UtcTimes.instantOrNull(row.getObject("oldest", LocalDateTime.class)));
    }

    private static Duration atLeastNothing(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
