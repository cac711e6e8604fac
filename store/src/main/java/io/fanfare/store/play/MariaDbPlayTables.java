package io.fanfare.store.play;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.idempotency.Idempotency;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * In the words of MariaDB and MySQL. Rows go in as a list of values, in ascending order of the key, which is the order in which
 * they are locked. What an upsert made of them is asked for afterwards: it is locked by then, and MySQL returns nothing.
 */
final class MariaDbPlayTables implements PlayTables {

    private final Database database;

    MariaDbPlayTables(Database database) {
        this.database = database;
    }

    /** What a commit waits for is a setting of the server here, and looked at when the platform starts; plans are not kept. */
    @Override
    public Begun begin(SortedMap<CallerKey, String> hashes, SortedSet<SessionKey> sessions, Instant now) {
        Set<CallerKey> claimed = hashes.isEmpty() ? Set.of() : claim(hashes, now);
        return new Begun(claimed, sessions.isEmpty() ? Map.of() : lockSessions(sessions));
    }

    /**
     * An answer that others kept has a status; a key without one is ours. An assignment sees those before it, so the time at which
     * the key expires comes last.
     */
    private Set<CallerKey> claim(SortedMap<CallerKey, String> hashes, Instant now) {
        LocalDateTime created = UtcTimes.column(now);
        LocalDateTime expires = UtcTimes.column(now.plus(Idempotency.KEPT));
        database.jdbc()
                .sql("""
                        insert into idempotency_key (tenant_id, caller, `key`, request_hash, created_at, expires_at)
                        values :rows
                        on duplicate key update
                            request_hash = if(expires_at <= values(created_at), values(request_hash), request_hash),
                            status = if(expires_at <= values(created_at), null, status),
                            body = if(expires_at <= values(created_at), null, body),
                            created_at = if(expires_at <= values(created_at), values(created_at), created_at),
                            expires_at = if(expires_at <= values(created_at), values(expires_at), expires_at)
                        """)
                .param(
                        "rows",
                        map(
                                hashes.entrySet(),
                                claim -> row(
                                        claim.getKey().tenant().value(),
                                        claim.getKey().caller(),
                                        claim.getKey().key(),
                                        claim.getValue(),
                                        created,
                                        expires)))
                .update();
        return database
                .jdbc()
                .sql("""
                        select tenant_id, caller, `key` from idempotency_key
                        where (tenant_id, caller, `key`) in (:keys) and status is null
                        """)
                .param("keys", map(hashes.keySet(), MariaDbPlayTables::columns))
                .query((row, _) -> KeyRows.caller(row))
                .list()
                .stream()
                .collect(toSet());
    }

    @Override
    public Map<CallerKey, UsedKey> used(Collection<CallerKey> keys) {
        var used = new HashMap<CallerKey, UsedKey>();
        database.jdbc()
                .sql("""
                        select tenant_id, caller, `key`, request_hash, status, body from idempotency_key
                        where (tenant_id, caller, `key`) in (:keys)
                        """)
                .param("keys", map(keys, MariaDbPlayTables::columns))
                .query((row, _) -> used.put(
                        KeyRows.caller(row),
                        new UsedKey(
                                row.getString("request_hash"),
                                new KeptAnswer(row.getInt("status"), row.getString("body")))))
                .list();
        return used;
    }

    @Override
    public void release(Collection<CallerKey> keys) {
        database.batch(
                "delete from idempotency_key where tenant_id = ? and caller = ? and `key` = ?",
                map(keys, MariaDbPlayTables::columns));
    }

    private Map<SessionKey, LockedSession> lockSessions(SortedSet<SessionKey> sessions) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, session_id, consumed_at is not null as is_consumed, client_seed from session
                        where (tenant_id, session_id) in (:keys)
                        order by tenant_id, session_id
                        for update
                        """)
                .param(
                        "keys",
                        map(
                                sessions,
                                key -> row(key.tenant().value(), key.session().value())))
                .query((row, _) -> Map.entry(
                        KeyRows.session(row),
                        new LockedSession(row.getBoolean("is_consumed"), row.getString("client_seed"))))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static @Nullable Object[] columns(CallerKey key) {
        return row(key.tenant().value(), key.caller(), key.key());
    }

    private static <T> List<@Nullable Object[]> map(Collection<T> values, Function<T, @Nullable Object[]> to) {
        return values.stream().map(to).toList();
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
