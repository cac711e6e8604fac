package io.fanfare.store.play;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.store.Database;
import io.fanfare.store.Database.Answers;
import io.fanfare.store.Question;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.idempotency.Idempotency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** In the words of PostgreSQL: lists as arrays, which {@code with ordinality} keeps in the order that they are locked in. */
final class PostgresPlayTables implements PlayTables {

    private static final Question<Boolean> SETTINGS = new Question<>("""
            select set_config('synchronous_commit', 'on', true),
                set_config('plan_cache_mode', 'force_generic_plan', true),
                set_config('enable_seqscan', 'off', true),
                set_config('enable_hashjoin', 'off', true),
                set_config('enable_mergejoin', 'off', true)
            """, List.of(), (_, _) -> true);

    private final Database database;

    PostgresPlayTables(Database database) {
        this.database = database;
    }

    /**
     * {@inheritDoc}
     *
     * <p>All with one round trip. Plans are made once for a connection and kept. One that was made while the tables were all but
     * empty would read them from end to end until they are analyzed; and none is worth making anew, since every statement goes by
     * keys.
     */
    @Override
    public Begun begin(SortedMap<CallerKey, String> hashes, SortedSet<SessionKey> sessions, Instant now) {
        Question<CallerKey> claiming = claiming(hashes, now);
        Question<Map.Entry<SessionKey, LockedSession>> locking = locking(sessions);
        List<Question<?>> questions = new ArrayList<>();
        questions.add(SETTINGS);
        if (!hashes.isEmpty()) {
            questions.add(claiming);
        }
        if (!sessions.isEmpty()) {
            questions.add(locking);
        }
        Answers answers = database.ask(questions);
        return new Begun(
                hashes.isEmpty() ? Set.of() : Set.copyOf(answers.to(claiming)),
                sessions.isEmpty()
                        ? Map.of()
                        : answers.to(locking).stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Question<CallerKey> claiming(SortedMap<CallerKey, String> hashes, Instant now) {
        return new Question<>(
                """
                        insert into idempotency_key as used (tenant_id, caller, key, request_hash, created_at, expires_at)
                        select tenant_id, caller, key, request_hash, ?, ?
                        from unnest(?, ?, ?, ?)
                            with ordinality as claim (tenant_id, caller, key, request_hash, n)
                        order by n
                        on conflict (tenant_id, caller, key) do update
                        set request_hash = excluded.request_hash, status = null, body = null,
                            created_at = excluded.created_at, expires_at = excluded.expires_at
                        where used.expires_at <= excluded.created_at
                        returning tenant_id, caller, key
                        """,
                List.of(
                        Database.time(UtcTimes.column(now)),
                        Database.time(UtcTimes.column(now.plus(Idempotency.KEPT))),
                        Database.texts(map(hashes.keySet(), key -> key.tenant().value())),
                        Database.texts(map(hashes.keySet(), CallerKey::caller)),
                        Database.texts(map(hashes.keySet(), CallerKey::key)),
                        Database.texts(hashes.values())),
                (row, _) -> KeyRows.caller(row));
    }

    @Override
    public Map<CallerKey, UsedKey> used(Collection<CallerKey> keys) {
        var used = new HashMap<CallerKey, UsedKey>();
        database.jdbc()
                .sql("""
                        select tenant_id, caller, key, request_hash, status, body
                        from idempotency_key
                        where (tenant_id, caller, key) in (select * from unnest(:tenants, :callers, :keys))
                        """)
                .param("tenants", Database.texts(map(keys, key -> key.tenant().value())))
                .param("callers", Database.texts(map(keys, CallerKey::caller)))
                .param("keys", Database.texts(map(keys, CallerKey::key)))
                .query((row, _) -> used.put(
                        KeyRows.caller(row),
                        new UsedKey(
                                row.getString("request_hash"),
                                new KeptAnswer(row.getInt("status"), row.getString("body")))))
                .list();
        return used;
    }

    private static Question<Map.Entry<SessionKey, LockedSession>> locking(SortedSet<SessionKey> sessions) {
        return new Question<>(
                """
                        select tenant_id, session_id, consumed_at is not null as is_consumed, client_seed
                        from session
                        where (tenant_id, session_id) in (select * from unnest(?, ?))
                        order by tenant_id, session_id
                        for update
                        """,
                List.of(
                        Database.texts(map(sessions, key -> key.tenant().value())),
                        Database.texts(map(sessions, key -> key.session().value()))),
                (row, _) -> Map.entry(
                        KeyRows.session(row),
                        new LockedSession(row.getBoolean("is_consumed"), row.getString("client_seed"))));
    }

    @Override
    public void release(Collection<CallerKey> keys) {
        database.batch(
                "delete from idempotency_key where tenant_id = ? and caller = ? and key = ?",
                rows(keys, key -> row(key.tenant().value(), key.caller(), key.key())));
    }

    private static <T, R> List<R> map(Collection<T> values, Function<T, R> to) {
        return values.stream().map(to).toList();
    }

    private static <T> List<@Nullable Object[]> rows(Collection<T> values, Function<T, @Nullable Object[]> row) {
        List<@Nullable Object[]> rows = new ArrayList<>(values.size());
        for (T value : values) {
            rows.add(row.apply(value));
        }
        return rows;
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
