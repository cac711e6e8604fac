package io.fanfare.store.play;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.events.WalletCommand;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.idempotency.Idempotency;
import io.fanfare.store.prize.RewardStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a commit, in the words of PostgreSQL. Each runs once for a whole batch. Those that lock take their rows in
 * ascending order of the key: the collections that come in are sorted, and {@code with ordinality} keeps them so.
 */
class PostgresPlayTables {

    private final Database database;

    /** An idempotency key that was used before. */
    record UsedKey(String requestHash, KeptAnswer answer) {}

    /** A play about to be written. */
    record Fact(Candidate candidate, CommittedPlay play) {}

    /** A command to a wallet, and how it is published. */
    static final class NumberedCommand {
        private final Fact fact;
        private final WalletCommand command;
        private final byte[] payload;

        NumberedCommand(Fact fact, WalletCommand command, byte[] payload) {
            this.fact = fact;
            this.command = command;
            this.payload = payload;
        }
    }

    /** The two kinds of counters. */
    enum Counted {
        PLAYS("play_counter", "game_id", "plays"),
        AWARDS("award_counter", "prize_id", "units");

        private final String table;
        private final String subject;
        private final String count;

        Counted(String table, String subject, String count) {
            this.table = table;
            this.subject = subject;
            this.count = count;
        }

        String sql(String template) {
            return template.replace("$table", table)
                    .replace("$subject", subject)
                    .replace("$count", count);
        }
    }

    PostgresPlayTables(Database database) {
        this.database = database;
    }

    /** Makes the commit wait until the log is on disk, whatever the session began with. */
    void waitForTheLog() {
        database.jdbc().sql("set local synchronous_commit = on").update();
    }

    /**
     * Takes idempotency keys; waits where a twin is about to take the same one.
     *
     * @param hashes of the requests, by key
     * @return the keys that were free, or past their time
     */
    Set<CallerKey> claim(SortedMap<CallerKey, String> hashes, Instant now) {
        return database
                .jdbc()
                .sql("""
                        insert into idempotency_key as used (tenant_id, caller, key, request_hash, created_at, expires_at)
                        select tenant_id, caller, key, request_hash, :now, :expires
                        from unnest(:tenants, :callers, :keys, :hashes)
                            with ordinality as claim (tenant_id, caller, key, request_hash, n)
                        order by n
                        on conflict (tenant_id, caller, key) do update
                        set request_hash = excluded.request_hash, status = null, body = null,
                            created_at = excluded.created_at, expires_at = excluded.expires_at
                        where used.expires_at <= excluded.created_at
                        returning tenant_id, caller, key
                        """)
                .param("now", UtcTimes.column(now))
                .param("expires", UtcTimes.column(now.plus(Idempotency.KEPT)))
                .param(
                        "tenants",
                        Database.texts(map(hashes.keySet(), key -> key.tenant().value())))
                .param("callers", Database.texts(map(hashes.keySet(), CallerKey::caller)))
                .param("keys", Database.texts(map(hashes.keySet(), CallerKey::key)))
                .param("hashes", Database.texts(hashes.values()))
                .query((row, _) -> callerKey(row))
                .list()
                .stream()
                .collect(toSet());
    }

    /** What was answered under keys that were used before. */
    Map<CallerKey, UsedKey> used(Collection<CallerKey> keys) {
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
                        callerKey(row),
                        new UsedKey(
                                row.getString("request_hash"),
                                new KeptAnswer(row.getInt("status"), row.getString("body")))))
                .list();
        return used;
    }

    /** Locks sessions; says of each that there is whether it was consumed. */
    Map<SessionKey, Boolean> lockSessions(SortedSet<SessionKey> sessions) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, session_id, consumed_at is not null as consumed
                        from session
                        where (tenant_id, session_id) in (select * from unnest(:tenants, :sessions))
                        order by tenant_id, session_id
                        for update
                        """)
                .param(
                        "tenants",
                        Database.texts(map(sessions, key -> key.tenant().value())))
                .param(
                        "sessions",
                        Database.texts(map(sessions, key -> key.session().value())))
                .query((row, _) -> Map.entry(
                        new SessionKey(
                                new TenantId(row.getString("tenant_id")), new SessionId(row.getString("session_id"))),
                        row.getBoolean("consumed")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Counts up, and says where each counter stands then. Its rows are locked. */
    Map<CounterKey, Long> countUp(Counted counted, SortedMap<CounterKey, Long> by) {
        return database
                .jdbc()
                .sql(counted.sql("""
                        insert into $table as counter (tenant_id, $subject, player_id, epoch_day, $count)
                        select tenant_id, subject, player_id, epoch_day, plus
                        from unnest(:tenants, :subjects, :players, :days, :plus)
                            with ordinality as more (tenant_id, subject, player_id, epoch_day, plus, n)
                        order by n
                        on conflict (tenant_id, $subject, player_id, epoch_day) do update
                        set $count = counter.$count + excluded.$count
                        returning tenant_id, $subject as subject, player_id, epoch_day, $count as total
                        """))
                .param(
                        "tenants",
                        Database.texts(map(by.keySet(), key -> key.tenant().value())))
                .param("subjects", Database.texts(map(by.keySet(), CounterKey::subject)))
                .param(
                        "players",
                        Database.texts(map(by.keySet(), key -> key.player().value())))
                .param("days", Database.numbers(map(by.keySet(), CounterKey::epochDay)))
                .param("plus", Database.numbers(by.values()))
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

    /** Gives back what was counted for nothing, on rows that are locked. */
    void countDown(Counted counted, Map<CounterKey, Long> by) {
        database.batch(
                counted.sql("""
                        update $table set $count = $count - ?
                        where tenant_id = ? and $subject = ? and player_id = ? and epoch_day = ?
                        """),
                rows(
                        by.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().subject(),
                                entry.getKey().player().value(),
                                entry.getKey().epochDay())));
    }

    /** Locks stock; absent where there is no such prize, {@link Holdings#UNLIMITED} where nothing limits it. */
    Map<PrizeKey, Long> lockStock(SortedSet<PrizeKey> prizes) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, prize_id, remaining
                        from prize_stock
                        where (tenant_id, prize_id) in (select * from unnest(:tenants, :prizes))
                        order by tenant_id, prize_id
                        for update
                        """)
                .param("tenants", Database.texts(map(prizes, key -> key.tenant().value())))
                .param("prizes", Database.texts(map(prizes, key -> key.prize().value())))
                .query((row, _) -> {
                    Long remaining = row.getObject("remaining", Long.class);
                    return Map.entry(prizeKey(row), remaining == null ? Holdings.UNLIMITED : remaining);
                })
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Takes units from limited stock, which is locked. */
    void takeStock(Map<PrizeKey, Long> units) {
        database.batch(
                """
                update prize_stock set remaining = remaining - ?
                where tenant_id = ? and prize_id = ? and remaining is not null
                """,
                rows(
                        units.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().prize().value())));
    }

    /**
     * Locks free codes, oldest first. The stock of their prizes is locked, so that nobody else awards them; a code that an
     * operator is working on is passed over.
     */
    Map<PrizeKey, List<String>> lockCodes(SortedMap<PrizeKey, Long> demand) {
        var codes = new HashMap<PrizeKey, List<String>>();
        database.jdbc()
                .sql("""
                        select wanted.tenant_id, wanted.prize_id, free.code
                        from unnest(:tenants, :prizes, :units) with ordinality as wanted (tenant_id, prize_id, units, n)
                        cross join lateral (
                            select code, position
                            from prize_code
                            where tenant_id = wanted.tenant_id and prize_id = wanted.prize_id and reward_id is null
                            order by position
                            limit wanted.units
                            for update skip locked) as free
                        order by wanted.n, free.position
                        """)
                .param(
                        "tenants",
                        Database.texts(map(demand.keySet(), key -> key.tenant().value())))
                .param(
                        "prizes",
                        Database.texts(map(demand.keySet(), key -> key.prize().value())))
                .param("units", Database.numbers(demand.values()))
                .query((row, _) -> codes.computeIfAbsent(prizeKey(row), _ -> new ArrayList<>())
                        .add(row.getString("code")))
                .list();
        return codes;
    }

    /** Takes the next numbers of each sequence, and says which is the last one taken. */
    Map<SequenceKey, Long> advance(SortedMap<SequenceKey, Long> by) {
        return database
                .jdbc()
                .sql("""
                        insert into player_sequence as sequence (tenant_id, player_id, stream, last_number)
                        select tenant_id, player_id, stream, taken
                        from unnest(:tenants, :players, :streams, :taken)
                            with ordinality as more (tenant_id, player_id, stream, taken, n)
                        order by n
                        on conflict (tenant_id, player_id, stream) do update
                        set last_number = sequence.last_number + excluded.last_number
                        returning tenant_id, player_id, stream, last_number
                        """)
                .param(
                        "tenants",
                        Database.texts(map(by.keySet(), key -> key.tenant().value())))
                .param(
                        "players",
                        Database.texts(map(by.keySet(), key -> key.player().value())))
                .param("streams", Database.texts(map(by.keySet(), SequenceKey::stream)))
                .param("taken", Database.numbers(by.values()))
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

    void consumeSessions(List<Fact> facts) {
        database.batch(
                "update session set consumed_at = ? where tenant_id = ? and session_id = ?",
                rows(
                        facts,
                        fact -> row(
                                UtcTimes.column(fact.play().occurredAt()),
                                fact.candidate().tenant().value(),
                                fact.candidate().session().session().value())));
    }

    void insertSessions(List<Session> sessions) {
        database.batch("""
                insert into session (tenant_id, session_id, game_id, game_revision, player_id, seed, server_seed, started_at,
                    expires_at, consumed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows(sessions, PostgresPlayTables::sessionRow));
    }

    void insertPlays(List<Fact> facts) {
        database.batch("""
                insert into play (tenant_id, play_id, game_id, game_revision, player_id, session_id, sequence, input,
                    client_seed, metadata, score, unavailable, wallet_scope_key, wallet_number, traceparent, occurred_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows(facts, PostgresPlayTables::playRow));
    }

    void insertRewards(List<Fact> facts) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Fact fact : facts) {
            int ordinal = 0;
            for (GrantedReward reward : fact.play().rewards()) {
                rows.add(rewardRow(fact, reward, ordinal++));
            }
        }
        database.batch("""
                insert into reward (tenant_id, reward_id, player_id, prize_id, game_id, play_id, ordinal, name, image, type,
                    quantity, value, code, status, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows);
    }

    /** Marks the codes of the rewards as given out; they are locked. */
    void giveOutCodes(List<Fact> facts) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Fact fact : facts) {
            for (GrantedReward reward : fact.play().rewards()) {
                if (reward.code() != null) {
                    rows.add(row(
                            reward.id().value(),
                            fact.candidate().tenant().value(),
                            reward.prize().value(),
                            reward.code()));
                }
            }
        }
        database.batch("update prize_code set reward_id = ? where tenant_id = ? and prize_id = ? and code = ?", rows);
    }

    void insertWalletCommands(List<NumberedCommand> commands) {
        database.batch(
                """
                insert into wallet_command (tenant_id, scope_key, player_id, number, command_id, payload, traceparent,
                    occurred_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows(
                        commands,
                        numbered -> row(
                                numbered.command.getTenantId(),
                                numbered.command.getScopeKey(),
                                numbered.command.getPlayerId(),
                                numbered.command.getSequence(),
                                UUID.fromString(numbered.command.getCommandId()),
                                numbered.payload,
                                numbered.fact.candidate().pending().traceparent(),
                                UtcTimes.column(numbered.fact.play().occurredAt()))));
    }

    void keepAnswers(Map<CallerKey, KeptAnswer> answers) {
        database.batch(
                "update idempotency_key set status = ?, body = ? where tenant_id = ? and caller = ? and key = ?",
                rows(
                        answers.entrySet(),
                        entry -> row(
                                entry.getValue().status(),
                                entry.getValue().body(),
                                entry.getKey().tenant().value(),
                                entry.getKey().caller(),
                                entry.getKey().key())));
    }

    /** Gives back the keys of plays that were refused: their callers may try again under the same ones. */
    void release(Collection<CallerKey> keys) {
        database.batch(
                "delete from idempotency_key where tenant_id = ? and caller = ? and key = ?",
                rows(keys, key -> row(key.tenant().value(), key.caller(), key.key())));
    }

    private static @Nullable Object[] sessionRow(Session session) {
        return row(
                session.tenant().value(),
                session.id().value(),
                session.game().value(),
                session.gameRevision(),
                session.player().value(),
                PlayJson.write(session.seed()),
                session.serverSeed().value(),
                UtcTimes.column(session.startedAt()),
                UtcTimes.column(session.expiresAt()),
                UtcTimes.columnOrNull(session.consumedAt()));
    }

    private static @Nullable Object[] playRow(Fact fact) {
        CommittedPlay play = fact.play();
        Candidate candidate = fact.candidate();
        return row(
                candidate.tenant().value(),
                play.id().value(),
                play.game().value(),
                play.gameRevision(),
                play.player().value(),
                candidate.session().session().value(),
                play.sequence(),
                PlayJson.write(play.input()),
                candidate.play().clientSeed(),
                PlayJson.write(play.metadata()),
                play.score(),
                PlayJson.write(play.unavailable()),
                play.walletNumber() == null ? null : play.walletNumber().scopeKey(),
                play.walletNumber() == null ? null : play.walletNumber().number(),
                candidate.pending().traceparent(),
                UtcTimes.column(play.occurredAt()));
    }

    private static @Nullable Object[] rewardRow(Fact fact, GrantedReward reward, int ordinal) {
        // A credit is on its way with this very transaction: nothing is left to be done for it.
        RewardStatus status = reward.type().isCredit() ? RewardStatus.FULFILLED : RewardStatus.WON;
        return row(
                fact.candidate().tenant().value(),
                reward.id().value(),
                fact.play().player().value(),
                reward.prize().value(),
                fact.play().game().value(),
                fact.play().id().value(),
                ordinal,
                reward.name(),
                reward.image(),
                reward.type().wireName(),
                reward.quantity(),
                reward.value(),
                reward.code(),
                status.wireName(),
                UtcTimes.column(fact.play().occurredAt()));
    }

    private static CallerKey callerKey(ResultSet row) throws SQLException {
        return new CallerKey(new TenantId(row.getString("tenant_id")), row.getString("caller"), row.getString("key"));
    }

    private static PrizeKey prizeKey(ResultSet row) throws SQLException {
        return new PrizeKey(new TenantId(row.getString("tenant_id")), new PrizeId(row.getString("prize_id")));
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
