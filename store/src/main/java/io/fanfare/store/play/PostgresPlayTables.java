package io.fanfare.store.play;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CaughtPlay;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.events.WalletCommand;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.idempotency.Idempotency;
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
 * The statements of a commit around the plays themselves, in the words of PostgreSQL; what they take from is
 * {@link PostgresShelfTables}. Each runs once for a whole batch. Those that lock take their rows in ascending order of the key: the
 * collections that come in are sorted, and {@code with ordinality} keeps them so.
 */
final class PostgresPlayTables {

    private final Database database;

    /** An idempotency key that was used before. */
    record UsedKey(String requestHash, KeptAnswer answer) {}

    /** @param clientSeed with which it draws; null where that is open */
    record LockedSession(boolean isConsumed, @Nullable String clientSeed) {}

    /**
     * A play about to be written.
     *
     * @param states in which its rewards begin their lives, in their order
     */
    record Fact(Candidate candidate, CommittedPlay play, List<RewardState> states) {}

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

    /** Locks sessions; absent where there is none. */
    Map<SessionKey, LockedSession> lockSessions(SortedSet<SessionKey> sessions) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, session_id, consumed_at is not null as is_consumed, client_seed
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
                        new LockedSession(row.getBoolean("is_consumed"), row.getString("client_seed"))))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Fixes what sessions draw with whose plays failed; they are locked and open. */
    void fixClientSeeds(Map<SessionKey, String> seeds) {
        database.batch(
                "update session set client_seed = ? where tenant_id = ? and session_id = ?",
                rows(
                        seeds.entrySet(),
                        seed -> row(
                                seed.getValue(),
                                seed.getKey().tenant().value(),
                                seed.getKey().session().value())));
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
                "update session set consumed_at = ?, client_seed = ? where tenant_id = ? and session_id = ?",
                rows(
                        facts,
                        fact -> row(
                                UtcTimes.column(fact.play().occurredAt()),
                                fact.candidate().play().clientSeed(),
                                fact.candidate().tenant().value(),
                                fact.candidate().session().session().value())));
    }

    void insertSessions(List<Session> sessions) {
        database.batch("""
                insert into session (tenant_id, session_id, game_id, game_revision, player_id, seed, server_seed, started_at,
                    expires_at, consumed_at, client_seed)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows(sessions, PostgresPlayTables::sessionRow));
    }

    void insertPlays(List<Fact> facts) {
        database.batch("""
                insert into play (tenant_id, play_id, game_id, game_revision, player_id, session_id, sequence, input,
                    client_seed, draws_used, drawn, metadata, score, unavailable, wallet_scope_key, wallet_number,
                    traceparent, occurred_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows(facts, PostgresPlayTables::playRow));
    }

    void insertRewards(List<Fact> facts) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Fact fact : facts) {
            for (int ordinal = 0; ordinal < fact.play().rewards().size(); ordinal++) {
                rows.add(rewardRow(fact, ordinal));
            }
        }
        database.batch("""
                insert into reward (tenant_id, reward_id, player_id, prize_id, game_id, play_id, ordinal, name, image, type,
                    quantity, value, code, status, created_at, expires_at, fulfilled_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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

    /** Makes an end of a session; false where it has one already. */
    boolean endSession(CaughtPlay play) {
        return database.jdbc()
                        .sql("""
                                update session set consumed_at = :at
                                where tenant_id = :tenant and session_id = :session and consumed_at is null
                                """)
                        .param("tenant", play.game().tenant().value())
                        .param("session", play.session().id().value())
                        .param("at", UtcTimes.column(play.occurredAt()))
                        .update()
                == 1;
    }

    void insertCaughtPlay(CaughtPlay play) {
        database.jdbc()
                .sql("""
                        insert into caught_play (tenant_id, play_id, game_id, game_revision, player_id, session_id, input,
                            verdict, facts, occurred_at)
                        values (:tenant, :play, :game, :revision, :player, :session, :input, :verdict, :facts, :at)
                        """)
                .param("tenant", play.game().tenant().value())
                .param("play", play.id().value())
                .param("game", play.game().id().value())
                .param("revision", play.game().revision())
                .param("player", play.session().player().value())
                .param("session", play.session().id().value())
                .param("input", PlayJson.write(play.input()))
                .param("verdict", play.verdict().why())
                .param("facts", PlayJson.writeFacts(play.verdict().facts()))
                .param("at", UtcTimes.column(play.occurredAt()))
                .update();
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
                UtcTimes.columnOrNull(session.consumedAt()),
                session.clientSeed());
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
                candidate.play().drawsUsed(),
                PlayJson.writeDrawn(candidate.play().awards()),
                PlayJson.write(play.metadata()),
                play.score(),
                PlayJson.write(play.unavailable()),
                play.walletNumber() == null ? null : play.walletNumber().scopeKey(),
                play.walletNumber() == null ? null : play.walletNumber().number(),
                candidate.pending().traceparent(),
                UtcTimes.column(play.occurredAt()));
    }

    private static @Nullable Object[] rewardRow(Fact fact, int ordinal) {
        GrantedReward reward = fact.play().rewards().get(ordinal);
        RewardState state = fact.states().get(ordinal);
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
                state.wireName(),
                UtcTimes.column(state.wonAt()),
                state instanceof RewardState.Won won ? UtcTimes.columnOrNull(won.expiresAt()) : null,
                state instanceof RewardState.Fulfilled fulfilled ? UtcTimes.column(fulfilled.fulfilledAt()) : null);
    }

    private static CallerKey callerKey(ResultSet row) throws SQLException {
        return new CallerKey(new TenantId(row.getString("tenant_id")), row.getString("caller"), row.getString("key"));
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
