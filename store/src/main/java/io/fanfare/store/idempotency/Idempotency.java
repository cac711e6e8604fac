package io.fanfare.store.idempotency;

import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.dao.DuplicateKeyException;

/**
 * Answers kept under the caller's keys for 24 hours. An answer that goes with a change is kept in the transaction of the
 * change; this class finds it again, and keeps those that changed nothing, such as refusals.
 */
public final class Idempotency {

    public static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final Clock clock;

    /** What a key stands for. */
    public sealed interface Lookup {

        record Unused() implements Lookup {}

        record Answered(KeptAnswer answer) implements Lookup {}

        /** The key was used for another request. */
        record Reused() implements Lookup {}
    }

    private record Kept(String requestHash, KeptAnswer answer) {

        Lookup asAskedBy(String hash) {
            return requestHash.equals(hash) ? new Lookup.Answered(answer) : new Lookup.Reused();
        }
    }

    public Idempotency(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What was answered under this key, where it was used. */
    public Lookup find(CallerKey key, String requestHash) {
        return database.jdbc()
                .sql("""
                        select used.request_hash, used.status, used.body
                        from idempotency_key used
                        where used.tenant_id = :tenant and used.caller = :caller and used.key = :key
                            and used.expires_at > :now
                        """)
                .param("tenant", key.tenant().value())
                .param("caller", key.caller())
                .param("key", key.key())
                .param("now", UtcTimes.column(clock.instant()))
                .query(Idempotency::readKept)
                .optional()
                .map(kept -> kept.asAskedBy(requestHash))
                .orElseGet(Lookup.Unused::new);
    }

    /**
     * Keeps an answer. A twin may have been faster: what is returned is what must be answered, {@link Lookup.Answered} with this
     * answer or the twin's, or {@link Lookup.Reused}.
     */
    public Lookup keep(CallerKey key, String requestHash, KeptAnswer answer) {
        return database.inTransaction(() -> {
            boolean isFirst = take(key, requestHash, answer);
            return isFirst ? new Lookup.Answered(answer) : find(key, requestHash);
        });
    }

    /** Takes a key that is free or past its time; false where somebody has it. */
    private boolean take(CallerKey key, String requestHash, KeptAnswer answer) {
        return switch (database.dialect()) {
            case POSTGRESQL -> insertOrReplace(key, requestHash, answer);
            case MARIADB -> replaceOrInsert(key, requestHash, answer);
        };
    }

    private boolean insertOrReplace(CallerKey key, String requestHash, KeptAnswer answer) {
        return with("""
                        insert into idempotency_key as kept
                            (tenant_id, caller, key, request_hash, status, body, created_at, expires_at)
                        values (:tenant, :caller, :key, :hash, :status, :body, :now, :expires)
                        on conflict (tenant_id, caller, key) do update
                        set request_hash = excluded.request_hash, status = excluded.status, body = excluded.body,
                            created_at = excluded.created_at, expires_at = excluded.expires_at
                        where kept.expires_at <= excluded.created_at
                        """, key, requestHash, answer) == 1;
    }

    /** MariaDB's upsert does not say whether it did anything; its transactions live on after a key that is there twice. */
    private boolean replaceOrInsert(CallerKey key, String requestHash, KeptAnswer answer) {
        int replaced = with("""
                update idempotency_key
                set request_hash = :hash, status = :status, body = :body, created_at = :now, expires_at = :expires
                where tenant_id = :tenant and caller = :caller and `key` = :key and expires_at <= :now
                """, key, requestHash, answer);
        if (replaced == 1) {
            return true;
        }
        try {
            with("""
                    insert into idempotency_key
                        (tenant_id, caller, `key`, request_hash, status, body, created_at, expires_at)
                    values (:tenant, :caller, :key, :hash, :status, :body, :now, :expires)
                    """, key, requestHash, answer);
            return true;
        } catch (DuplicateKeyException _) {
            return false;
        }
    }

    private int with(String sql, CallerKey key, String requestHash, KeptAnswer answer) {
        Instant now = clock.instant();
        return database.jdbc()
                .sql(sql)
                .param("tenant", key.tenant().value())
                .param("caller", key.caller())
                .param("key", key.key())
                .param("hash", requestHash)
                .param("status", answer.status())
                .param("body", answer.body())
                .param("now", UtcTimes.column(now))
                .param("expires", UtcTimes.column(now.plus(KEPT)))
                .update();
    }

    private static Kept readKept(ResultSet row, int number) throws SQLException {
        return new Kept(row.getString("request_hash"), new KeptAnswer(row.getInt("status"), row.getString("body")));
    }
}
