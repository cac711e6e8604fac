package io.fanfare.store.redemption;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How redemptions are getting on. One that waits long for its wallet is nobody's to end: it is for people to look at. */
@AcrossTenants("it counts for those who run the platform")
public final class PendingRedemptions {

    /** A wallet answers within seconds. */
    public static final Duration OVERDUE = Duration.ofSeconds(60);

    private final Database database;
    private final Clock clock;

    /**
     * @param pending all that wait for their wallets
     * @param overdue those of them that have waited longer than {@link #OVERDUE}
     */
    public record Backlog(long pending, long overdue) {}

    public PendingRedemptions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Backlog backlog() {
        Instant before = clock.instant().minus(OVERDUE);
        return database.jdbc()
                .sql("""
                        select count(*) as pending, count(case when requested_at < :before then 1 end) as overdue
                        from redemption
                        where status = 'pending'
                        """)
                .param("before", UtcTimes.column(before))
                .query((row, _) -> new Backlog(row.getLong("pending"), row.getLong("overdue")))
                .single();
    }
}
