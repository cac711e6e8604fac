package io.fanfare.store.granting;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.store.Database;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Who has tried again to award what could not be had, why, and what came of it. */
public final class RetryLog {

    public static final int MAX_REASON = 500;

    private final Database database;

    /**
     * One attempt.
     *
     * @param id time-ordered
     * @param reason for people, at most {@value #MAX_REASON} characters
     * @param outcome awarded, or what was still in the way
     */
    public record Entry(
            TenantId tenant, String id, AwardId award, String who, String reason, String outcome, Instant createdAt) {
        public Entry {
            if (reason.isBlank() || reason.length() > MAX_REASON) {
                throw new IllegalArgumentException(
                        "the reason has %d characters, expected 1 to %d".formatted(reason.length(), MAX_REASON));
            }
        }
    }

    public RetryLog(Database database) {
        this.database = database;
    }

    void add(Entry entry) {
        database.jdbc()
                .sql("""
                        insert into award_retry (tenant_id, retry_id, award_id, who, reason, outcome, created_at)
                        values (:tenant, :retry, :award, :who, :reason, :outcome, :at)
                        """)
                .param("tenant", entry.tenant().value())
                .param("retry", entry.id())
                .param("award", entry.award().value())
                .param("who", entry.who())
                .param("reason", entry.reason())
                .param("outcome", entry.outcome())
                .param("at", UtcTimes.column(entry.createdAt()))
                .update();
    }

    /**
     * Newest first.
     *
     * @param before continue behind this one; null = from the newest
     */
    public Page<Entry> list(TenantId tenant, @Nullable String before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql("""
                        select * from award_retry
                        where tenant_id = :tenant and (cast(:before as char(100)) is null or retry_id < :before)
                        order by retry_id desc
                        limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("before", before)
                        .param("limit", atMost)
                        .query(RetryLog::read)
                        .list());
    }

    private static Entry read(ResultSet row, int number) throws SQLException {
        return new Entry(
                new TenantId(row.getString("tenant_id")),
                row.getString("retry_id"),
                new AwardId(row.getString("award_id")),
                row.getString("who"),
                row.getString("reason"),
                row.getString("outcome"),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)));
    }
}
