package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the outbox of a MariaDB from growing for ever: takes away, in bites, the rows that are older than the retention and than
 * the latest heartbeat that came back. Deletions are none of the relay's business; where it never ran, nothing goes.
 */
@AcrossTenants("the outbox carries the facts of all tenants")
public final class OutboxRetention {

    /** Rows of one transaction: as much as everybody else's commits hardly notice. */
    private static final int BITE = 5_000;

    /** Of one call, so that it ends; ten times what a busy minute writes. */
    private static final int MOST_BITES = 200;

    /** A row carries the time at which it was written, and is in the log when its transaction ends: none takes this long. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

    private final Database database;
    private final HeardHeartbeats heartbeats;
    private final Duration retention;

    /** @param retention at least {@link OutboxPartitions#SHORTEST_RETENTION} */
    public OutboxRetention(Database database, HeardHeartbeats heartbeats, Duration retention) {
        if (retention.compareTo(OutboxPartitions.SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "retention is %s, expected at least %s".formatted(retention, OutboxPartitions.SHORTEST_RETENTION));
        }
        this.database = database;
        this.heartbeats = heartbeats;
        this.retention = retention;
    }

    /**
     * Takes away what may go. To be called every minute or so, by any instance or by all of them: each takes what nobody else is at.
     *
     * @param now by the real clock, which the database stamps the rows with, never by a development clock
     * @return how many rows went
     */
    public long sweep(Instant now) {
        return heartbeats
                .latest()
                .map(heard -> Stream.of(now.minus(retention), heard.minus(LONGEST_TRANSACTION))
                        .min(Instant::compareTo)
                        .orElseThrow())
                .map(this::sweepBefore)
                .orElse(0L);
    }

    private long sweepBefore(Instant before) {
        long swept = 0;
        for (int bite = 0; bite < MOST_BITES; bite++) {
            int rows = bite(before);
            swept += rows;
            if (rows < BITE) {
                return swept;
            }
        }
        return swept;
    }

    private int bite(Instant before) {
        return database.inTransactionOrAgain(() -> {
            List<Long> positions = database.jdbc()
                    .sql("""
                            select position from outbox
                            where written_at < :before
                            order by written_at, position
                            limit :bite
                            for update skip locked
                            """)
                    .param("before", UtcTimes.column(before))
                    .param("bite", BITE)
                    .query((row, _) -> row.getLong(1))
                    .list();
            return positions.isEmpty()
                    ? 0
                    : database.jdbc()
                            .sql("delete from outbox where position in (:positions)")
                            .param("positions", positions)
                            .update();
        });
    }
}
