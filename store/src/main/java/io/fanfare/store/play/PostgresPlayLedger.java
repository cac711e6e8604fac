package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CaughtPlay;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/**
 * The ledger in a database. A commit that has returned survives a crash of the server: it waits for the log to be
 * written (on PostgreSQL synchronous commit, set in each of its transactions; on MariaDB the server is set up so).
 */
public final class PostgresPlayLedger implements PlayLedger {

    public static final int MAX_BATCH = 1_000;

    private static final int MAX_RETRIES = 5;

    private final Database database;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    public PostgresPlayLedger(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void open(Session session) {
        openAll(List.of(session));
    }

    /** Keeps sessions that were started, all of them or none. */
    void openAll(List<Session> sessions) {
        database.inTransaction(() -> {
            tables().insertSessions(sessions);
            return sessions;
        });
    }

    @Override
    public Optional<Session> session(TenantId tenant, SessionId id) {
        return database.jdbc()
                .sql("select * from session where tenant_id = :tenant and session_id = :session")
                .param("tenant", tenant.value())
                .param("session", id.value())
                .query(PostgresPlayLedger::readSession)
                .optional();
    }

    @Override
    public PlayCounts counts(TenantId tenant, GameId game, PlayerId player, Instant now) {
        CounterKey ever = CounterKey.ever(tenant, game.value(), player);
        CounterKey today = CounterKey.day(tenant, game.value(), player, now);
        Map<Long, Long> plays = new LinkedHashMap<>();
        database.jdbc()
                .sql("""
                        select epoch_day, plays from play_counter
                        where tenant_id = :tenant and game_id = :game and player_id = :player
                            and epoch_day in (:ever, :today)
                        """)
                .param("tenant", tenant.value())
                .param("game", game.value())
                .param("player", player.value())
                .param("ever", ever.epochDay())
                .param("today", today.epochDay())
                .query(row -> {
                    plays.put(row.getLong("epoch_day"), row.getLong("plays"));
                });
        return new PlayCounts(plays.getOrDefault(ever.epochDay(), 0L), plays.getOrDefault(today.epochDay(), 0L));
    }

    /**
     * {@inheritDoc}
     *
     * <p>A batch that fails for a reason nobody expected is committed play by play, so that only the one which is the reason
     * has {@link Outcome.Failed}. Plays with the same idempotency key follow one another, each in its own transaction, as if
     * they had come in one by one.
     *
     * @throws IllegalArgumentException where there are more than {@link #MAX_BATCH}
     * @throws IllegalStateException inside another transaction, or where a session was never opened
     */
    @Override
    public List<Outcome> commit(List<PendingPlay> plays) {
        if (plays.size() > MAX_BATCH) {
            throw new IllegalArgumentException(
                    "%d plays in a batch, expected at most %d".formatted(plays.size(), MAX_BATCH));
        }
        database.requireNoTransaction("plays were to be committed");
        @Nullable Outcome[] outcomes = new @Nullable Outcome[plays.size()];
        List<Integer> waiting = new ArrayList<>();
        for (int place = 0; place < plays.size(); place++) {
            waiting.add(place);
        }
        while (!waiting.isEmpty()) {
            List<Integer> wave = withoutTwins(waiting, plays);
            List<Outcome> committed =
                    commitOrSplit(wave.stream().map(plays::get).toList());
            for (int i = 0; i < wave.size(); i++) {
                outcomes[wave.get(i)] = committed.get(i);
            }
            waiting.removeAll(new HashSet<>(wave));
        }
        return Arrays.stream(outcomes)
                .map(outcome -> requireNonNull(outcome, "a play without an outcome"))
                .toList();
    }

    @Override
    public boolean burn(CaughtPlay play) {
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

    @Override
    public List<CommittedPlay> history(
            TenantId tenant, GameId game, PlayerId player, @Nullable PlayId before, int limit) {
        record Row(
                PlayId id,
                long revision,
                long sequence,
                String input,
                String metadata,
                @Nullable Long score,
                String unavailable,
                @Nullable WalletNumber walletNumber,
                Instant occurredAt) {}
        List<Row> plays = database.jdbc()
                .sql("""
                        select * from play
                        where tenant_id = :tenant and game_id = :game and player_id = :player
                            and (cast(:before as char) is null or sequence < (
                                select sequence from play
                                where tenant_id = :tenant and play_id = :before and player_id = :player))
                        order by sequence desc
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("game", game.value())
                .param("player", player.value())
                .param("before", before == null ? null : before.value())
                .param("limit", limit)
                .query((row, _) -> new Row(
                        new PlayId(row.getString("play_id")),
                        row.getLong("game_revision"),
                        row.getLong("sequence"),
                        row.getString("input"),
                        row.getString("metadata"),
                        row.getObject("score", Long.class),
                        row.getString("unavailable"),
                        readWalletNumber(row),
                        UtcTimes.instant(row.getObject("occurred_at", LocalDateTime.class))))
                .list();
        Map<PlayId, List<GrantedReward>> rewards =
                rewards(tenant, plays.stream().map(Row::id).toList());
        return plays.stream()
                .map(row -> new CommittedPlay(
                        row.id(),
                        game,
                        row.revision(),
                        player,
                        row.sequence(),
                        PlayJson.readDocument(row.input()),
                        PlayJson.readDocument(row.metadata()),
                        row.score(),
                        rewards.getOrDefault(row.id(), List.of()),
                        PlayJson.readUnavailable(row.unavailable()),
                        row.walletNumber(),
                        row.occurredAt()))
                .toList();
    }

    private PostgresPlayTables tables() {
        return switch (database.dialect()) {
            case POSTGRESQL -> new PostgresPlayTables(database);
            case MARIADB -> new MariaDbPlayTables(database);
        };
    }

    /** The places of those that can share a transaction: the first play of each idempotency key, and all without one. */
    private static List<Integer> withoutTwins(List<Integer> places, List<PendingPlay> plays) {
        Set<CallerKey> seen = new HashSet<>();
        return places.stream()
                .filter(place -> new Candidate(place, plays.get(place))
                        .callerKey()
                        .map(seen::add)
                        .orElse(true))
                .toList();
    }

    private List<Outcome> commitOrSplit(List<PendingPlay> plays) {
        try {
            return commitTogether(plays);
        } catch (NonTransientDataAccessResourceException
                | TransientDataAccessResourceException
                | RecoverableDataAccessException
                | TransactionException
                | RegistryUnavailable unreachable) {
            // Nobody knows whether it was committed, or a single play would fare no better.
            throw unreachable;
        } catch (RuntimeException unexpected) {
            return plays.size() == 1
                    ? List.of(new Outcome.Failed(unexpected))
                    : plays.stream()
                            .flatMap(play -> commitOrSplit(List.of(play)).stream())
                            .toList();
        }
    }

    private List<Outcome> commitTogether(List<PendingPlay> plays) {
        for (int retries = 0; ; retries++) {
            try {
                return database.inTransaction(() -> new BatchCommit(tables(), outbox, ids, plays).run(clock.instant()));
            } catch (ConcurrencyFailureException conflict) {
                if (retries == MAX_RETRIES) {
                    throw conflict;
                }
            }
        }
    }

    private Map<PlayId, List<GrantedReward>> rewards(TenantId tenant, List<PlayId> plays) {
        if (plays.isEmpty()) {
            return Map.of();
        }
        record OfPlay(PlayId play, GrantedReward reward) {}
        return database
                .jdbc()
                .sql("""
                        select * from reward
                        where tenant_id = :tenant and play_id in (:plays)
                        order by play_id, ordinal
                        """)
                .param("tenant", tenant.value())
                .param("plays", plays.stream().map(PlayId::value).toList())
                .query((row, _) -> new OfPlay(new PlayId(row.getString("play_id")), readReward(row)))
                .list()
                .stream()
                .collect(groupingBy(OfPlay::play, mapping(OfPlay::reward, toList())));
    }

    private static Session readSession(ResultSet row, int number) throws SQLException {
        return new Session(
                new SessionId(row.getString("session_id")),
                new TenantId(row.getString("tenant_id")),
                new GameId(row.getString("game_id")),
                row.getLong("game_revision"),
                new PlayerId(row.getString("player_id")),
                PlayJson.readDocument(row.getString("seed")),
                new ServerSeed(row.getString("server_seed")),
                UtcTimes.instant(row.getObject("started_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("expires_at", LocalDateTime.class)),
                UtcTimes.instantOrNull(row.getObject("consumed_at", LocalDateTime.class)));
    }

    private static GrantedReward readReward(ResultSet row) throws SQLException {
        return new GrantedReward(
                new RewardId(row.getString("reward_id")),
                new PrizeId(row.getString("prize_id")),
                row.getString("name"),
                row.getString("image"),
                PrizeType.named(row.getString("type")).orElseThrow(),
                row.getLong("quantity"),
                row.getLong("value"),
                row.getString("code"));
    }

    private static @Nullable WalletNumber readWalletNumber(ResultSet row) throws SQLException {
        String scopeKey = row.getString("wallet_scope_key");
        return scopeKey == null ? null : new WalletNumber(scopeKey, row.getLong("wallet_number"));
    }
}
