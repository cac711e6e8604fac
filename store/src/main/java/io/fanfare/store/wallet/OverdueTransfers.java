package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.wallet.Transfer.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

/**
 * Transfers that have not ended and have not moved for long: an alarm, never a release. Nobody awaits the commands of their later legs,
 * and one that was lost leaves no row, so {@link UndecidedCommands} sees neither; the transfer that waits for it is there in any case.
 */
@AcrossTenants("it is about the relay, the wallets app and the worker as a whole")
public final class OverdueTransfers {

    private final Database database;
    private final Clock clock;

    /**
     * How many there are.
     *
     * @param oldest since the one that stands longest has moved; zero where there is none
     */
    public record Overdue(long count, Duration oldest) {

        public static final Overdue NONE = new Overdue(0, Duration.ZERO);
    }

    public OverdueTransfers(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Those that have not moved for longer than that; a retry moves a transfer, too. */
    public Overdue longerThan(Duration patience) {
        Instant now = clock.instant();
        return database.jdbc()
                .sql("""
                        select count(*) as transfers, min(updated_at) as since from wallet_transfer
                        where status in (:statuses) and updated_at < :before
                        """)
                .param("statuses", Status.NOT_ENDED.stream().map(Status::word).toList())
                .param("before", UtcTimes.column(now.minus(patience)))
                .query((row, _) -> row.getLong("transfers") == 0
                        ? Overdue.NONE
                        : new Overdue(
                                row.getLong("transfers"),
                                Duration.between(
                                        UtcTimes.instant(requireNonNull(row.getObject("since", LocalDateTime.class))),
                                        now)))
                .single();
    }
}
