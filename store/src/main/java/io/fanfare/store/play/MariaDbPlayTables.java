package io.fanfare.store.play;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.idempotency.Idempotency;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 * The statements of a commit that MariaDB and MySQL want in other words; the rest is said as on PostgreSQL. Rows go in as a list of
 * values, in ascending order of the key, which is the order in which they are locked. What an upsert made of them is asked
 * for afterwards: it is locked by then, and MySQL returns nothing.
 */
final class MariaDbPlayTables extends PostgresPlayTables {

    private final Database database;

    MariaDbPlayTables(Database database) {
        super(database);
        this.database = database;
    }

    /** That is a setting of the server here, and looked at when the platform starts. */
    @Override
    void waitForTheLog() {}

    /**
     * {@inheritDoc}
     *
     * <p>An answer that others kept has a status; a key without one is ours. An assignment sees those before it, so the time at which
     * the key expires comes last.
     */
    @Override
    Set<CallerKey> claim(SortedMap<CallerKey, String> hashes, Instant now) {
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
                        hashes.entrySet().stream()
                                .map(claim -> row(
                                        claim.getKey().tenant().value(),
                                        claim.getKey().caller(),
                                        claim.getKey().key(),
                                        claim.getValue(),
                                        created,
                                        expires))
                                .toList())
                .update();
        return database
                .jdbc()
                .sql("""
                        select tenant_id, caller, `key` from idempotency_key
                        where (tenant_id, caller, `key`) in (:keys) and status is null
                        """)
                .param("keys", map(hashes.keySet(), MariaDbPlayTables::columns))
                .query((row, _) -> callerKey(row))
                .list()
                .stream()
                .collect(toSet());
    }

    @Override
    Map<CallerKey, UsedKey> used(Collection<CallerKey> keys) {
        var used = new HashMap<CallerKey, UsedKey>();
        database.jdbc()
                .sql("""
                        select tenant_id, caller, `key`, request_hash, status, body from idempotency_key
                        where (tenant_id, caller, `key`) in (:keys)
                        """)
                .param("keys", map(keys, MariaDbPlayTables::columns))
                .query((row, _) -> used.put(
                        callerKey(row),
                        new UsedKey(
                                row.getString("request_hash"),
                                new KeptAnswer(row.getInt("status"), row.getString("body")))))
                .list();
        return used;
    }

    @Override
    Map<SessionKey, Boolean> lockSessions(SortedSet<SessionKey> sessions) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, session_id, consumed_at is not null as consumed from session
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
                        new SessionKey(
                                new TenantId(row.getString("tenant_id")), new SessionId(row.getString("session_id"))),
                        row.getBoolean("consumed")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    Map<CounterKey, Long> countUp(Counted counted, SortedMap<CounterKey, Long> by) {
        database.jdbc()
                .sql(counted.sql("""
                        insert into $table (tenant_id, $subject, player_id, epoch_day, $count) values :rows
                        on duplicate key update $count = $count + values($count)
                        """))
                .param(
                        "rows",
                        map(
                                by.entrySet(),
                                entry -> row(
                                        entry.getKey().tenant().value(),
                                        entry.getKey().subject(),
                                        entry.getKey().player().value(),
                                        entry.getKey().epochDay(),
                                        entry.getValue())))
                .update();
        return database
                .jdbc()
                .sql(counted.sql("""
                        select tenant_id, $subject as subject, player_id, epoch_day, $count as total from $table
                        where (tenant_id, $subject, player_id, epoch_day) in (:keys)
                        """))
                .param(
                        "keys",
                        map(
                                by.keySet(),
                                key -> row(
                                        key.tenant().value(),
                                        key.subject(),
                                        key.player().value(),
                                        key.epochDay())))
                .query((row, _) -> Map.entry(
                        new CounterKey(
                                new TenantId(row.getString("tenant_id")),
                                row.getString("subject"),
                                new PlayerId(row.getString("player_id")),
                                row.getLong("epoch_day")),
                        row.getLong("total")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    Map<PrizeKey, Long> lockStock(SortedSet<PrizeKey> prizes) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, prize_id, remaining from prize_stock
                        where (tenant_id, prize_id) in (:keys)
                        order by tenant_id, prize_id
                        for update
                        """)
                .param(
                        "keys",
                        map(prizes, key -> row(key.tenant().value(), key.prize().value())))
                .query((row, _) -> {
                    Long remaining = row.getObject("remaining", Long.class);
                    return Map.entry(prizeKey(row), remaining == null ? Holdings.UNLIMITED : remaining);
                })
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** {@inheritDoc} Prize by prize: a list of values cannot drive a limit each. */
    @Override
    Map<PrizeKey, List<String>> lockCodes(SortedMap<PrizeKey, Long> demand) {
        var codes = new HashMap<PrizeKey, List<String>>();
        demand.forEach((prize, units) -> {
            List<String> free = database.jdbc()
                    .sql("""
                            select code from prize_code
                            where tenant_id = :tenant and prize_id = :prize and reward_id is null
                            order by position
                            limit :units
                            for update skip locked
                            """)
                    .param("tenant", prize.tenant().value())
                    .param("prize", prize.prize().value())
                    .param("units", units)
                    .query((row, _) -> row.getString("code"))
                    .list();
            if (!free.isEmpty()) {
                codes.put(prize, free);
            }
        });
        return codes;
    }

    @Override
    Map<SequenceKey, Long> advance(SortedMap<SequenceKey, Long> by) {
        database.jdbc()
                .sql("""
                        insert into player_sequence (tenant_id, player_id, stream, last_number) values :rows
                        on duplicate key update last_number = last_number + values(last_number)
                        """)
                .param(
                        "rows",
                        map(
                                by.entrySet(),
                                entry -> row(
                                        entry.getKey().tenant().value(),
                                        entry.getKey().player().value(),
                                        entry.getKey().stream(),
                                        entry.getValue())))
                .update();
        return database
                .jdbc()
                .sql("""
                        select tenant_id, player_id, stream, last_number from player_sequence
                        where (tenant_id, player_id, stream) in (:keys)
                        """)
                .param(
                        "keys",
                        map(
                                by.keySet(),
                                key -> row(key.tenant().value(), key.player().value(), key.stream())))
                .query((row, _) -> Map.entry(
                        new SequenceKey(
                                new TenantId(row.getString("tenant_id")),
                                new PlayerId(row.getString("player_id")),
                                row.getString("stream")),
                        row.getLong("last_number")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    void keepAnswers(Map<CallerKey, KeptAnswer> answers) {
        database.batch(
                "update idempotency_key set status = ?, body = ? where tenant_id = ? and caller = ? and `key` = ?",
                map(
                        answers.entrySet(),
                        entry -> row(
                                entry.getValue().status(),
                                entry.getValue().body(),
                                entry.getKey().tenant().value(),
                                entry.getKey().caller(),
                                entry.getKey().key())));
    }

    @Override
    void release(Collection<CallerKey> keys) {
        database.batch(
                "delete from idempotency_key where tenant_id = ? and caller = ? and `key` = ?",
                map(keys, MariaDbPlayTables::columns));
    }

    private static @Nullable Object[] columns(CallerKey key) {
        return row(key.tenant().value(), key.caller(), key.key());
    }

    private static CallerKey callerKey(ResultSet row) throws SQLException {
        return new CallerKey(new TenantId(row.getString("tenant_id")), row.getString("caller"), row.getString("key"));
    }

    private static PrizeKey prizeKey(ResultSet row) throws SQLException {
        return new PrizeKey(new TenantId(row.getString("tenant_id")), new PrizeId(row.getString("prize_id")));
    }

    private static <T> List<@Nullable Object[]> map(Collection<T> values, Function<T, @Nullable Object[]> to) {
        return values.stream().map(to).toList();
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
