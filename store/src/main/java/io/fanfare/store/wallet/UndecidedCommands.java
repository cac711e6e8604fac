package io.fanfare.store.wallet;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;

/** Commands that somebody waits for and that the wallets app has not decided: an alarm where there are old ones, never a release. */
@AcrossTenants("it is about the relay and the wallets app as a whole")
public final class UndecidedCommands {

    private final Database database;
    private final Clock clock;

    public UndecidedCommands(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How long the oldest of them waits; zero where there is none. */
    public Duration oldest() {
        return database.jdbc()
                .sql("select occurred_at from wallet_command where outcome = 'awaited' order by occurred_at limit 1")
                .query(LocalDateTime.class)
                .optional()
                .map(since -> Duration.between(UtcTimes.instant(since), clock.instant()))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
