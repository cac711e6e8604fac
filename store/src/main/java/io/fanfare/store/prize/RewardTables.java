package io.fanfare.store.prize;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.prize.RewardMoves.OfPlayer;
import io.fanfare.store.prize.RewardMoves.OfPrize;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements on rewards and their lives. */
final class RewardTables {

    /** What numbers a player's records on the topic of rewards. */
    private static final String STREAM = "rewards";

    private final Database database;

    private record RewardOfTenant(TenantId tenant, RewardId reward) {

        static RewardOfTenant of(RewardMove move) {
            return new RewardOfTenant(move.before().tenant(), move.before().id());
        }
    }

    RewardTables(Database database) {
        this.database = database;
    }

    List<RewardRecord> ofPlayer(TenantId tenant, PlayerId player, @Nullable RewardId before, int limit) {
        return database.jdbc()
                .sql("""
                        select * from reward
                        where tenant_id = :tenant and player_id = :player
                            and (cast(:before as char) is null or reward_id < :before)
                        order by reward_id desc
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("player", player.value())
                .param("before", before == null ? null : before.value())
                .param("limit", limit)
                .query(RewardTables::read)
                .list();
    }

    Optional<RewardRecord> find(TenantId tenant, RewardId id) {
        return database.jdbc()
                .sql("select * from reward where tenant_id = :tenant and reward_id = :reward")
                .param("tenant", tenant.value())
                .param("reward", id.value())
                .query(RewardTables::read)
                .optional();
    }

    Optional<RewardRecord> lock(TenantId tenant, RewardId id) {
        return database.jdbc()
                .sql("select * from reward where tenant_id = :tenant and reward_id = :reward for update")
                .param("tenant", tenant.value())
                .param("reward", id.value())
                .query(RewardTables::read)
                .optional();
    }

    /** Those that have been overdue longest; what somebody has in hand is passed over. */
    List<RewardRecord> lockOverdue(Instant now, int atMost) {
        return database.jdbc()
                .sql("""
                        select * from reward
                        where status = 'won' and expires_at <= :now
                        order by expires_at
                        limit :limit
                        for update skip locked
                        """)
                .param("now", UtcTimes.column(now))
                .param("limit", atMost)
                .query(RewardTables::read)
                .list();
    }

    void update(List<RewardMove> moves) {
        database.batch("""
                update reward
                set status = ?, claimed_at = ?, fulfilled_at = ?, expired_at = ?, revoked_at = ?,
                    is_unit_returned = is_unit_returned or ?
                where tenant_id = ? and reward_id = ?
                """, rows(moves, move -> {
            RewardState state = move.outcome().state();
            RewardTimes times = RewardTimes.of(state);
            return row(
                    state.wireName(),
                    UtcTimes.columnOrNull(times.claimedAt()),
                    UtcTimes.columnOrNull(times.fulfilledAt()),
                    UtcTimes.columnOrNull(times.expiredAt()),
                    UtcTimes.columnOrNull(times.revokedAt()),
                    move.returnsUnit(),
                    move.before().tenant().value(),
                    move.before().id().value());
        }));
    }

    /** Their rewards are locked, so that nobody else takes the same number. */
    void insertSteps(List<RewardMove> moves) {
        switch (database.dialect()) {
            case POSTGRESQL -> insertNextSteps(moves);
            case MARIADB -> insertSteps(moves, stepsBefore(moves));
        }
    }

    private void insertNextSteps(List<RewardMove> moves) {
        database.batch(
                """
                insert into reward_step (tenant_id, reward_id, step_no, step, actor, reason, traceparent, occurred_at)
                select ?, ?, coalesce(max(step_no), 0) + 1, ?, ?, ?, ?, ?
                from reward_step
                where tenant_id = ? and reward_id = ?
                """,
                rows(
                        moves,
                        move -> row(
                                move.before().tenant().value(),
                                move.before().id().value(),
                                move.stepName(),
                                move.by().name(),
                                move.by().reason(),
                                move.by().traceparent(),
                                UtcTimes.column(move.at()),
                                move.before().tenant().value(),
                                move.before().id().value())));
    }

    /** The last number of each; absent where nothing was done with it yet. */
    private Map<RewardOfTenant, Integer> stepsBefore(List<RewardMove> moves) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, reward_id, max(step_no) as last_step from reward_step
                        where (tenant_id, reward_id) in (:keys)
                        group by tenant_id, reward_id
                        """)
                .param(
                        "keys",
                        rows(
                                moves,
                                move -> row(
                                        move.before().tenant().value(),
                                        move.before().id().value())))
                .query((row, _) -> Map.entry(
                        new RewardOfTenant(
                                new TenantId(row.getString("tenant_id")), new RewardId(row.getString("reward_id"))),
                        row.getInt("last_step")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** MariaDB takes no batch of inserts that select. */
    private void insertSteps(List<RewardMove> moves, Map<RewardOfTenant, Integer> before) {
        database.batch(
                """
                insert into reward_step (tenant_id, reward_id, step_no, step, actor, reason, traceparent, occurred_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows(
                        moves,
                        move -> row(
                                move.before().tenant().value(),
                                move.before().id().value(),
                                before.getOrDefault(RewardOfTenant.of(move), 0) + 1,
                                move.stepName(),
                                move.by().name(),
                                move.by().reason(),
                                move.by().traceparent(),
                                UtcTimes.column(move.at()))));
    }

    /** Puts units back where they are counted. */
    void returnUnits(SortedMap<OfPrize, Long> units) {
        database.batch(
                """
                update prize_stock set remaining = remaining + ?
                where tenant_id = ? and prize_id = ? and remaining is not null
                """,
                rows(
                        units.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().prize().value())));
    }

    void voidCodes(List<RewardMove> moves) {
        List<RewardMove> inOrder = moves.stream()
                .sorted(Comparator.<RewardMove, TenantId>comparing(
                                move -> move.before().tenant())
                        .thenComparing(move -> move.before().prize())
                        .thenComparing(move -> String.valueOf(move.before().code())))
                .toList();
        database.batch(
                "update prize_code set voided_at = ? where tenant_id = ? and prize_id = ? and code = ?",
                rows(
                        inOrder,
                        move -> row(
                                UtcTimes.column(move.at()),
                                move.before().tenant().value(),
                                move.before().prize().value(),
                                move.before().code())));
    }

    /** Takes the next numbers of each player, and says which is the last one taken. */
    Map<OfPlayer, Long> advance(SortedMap<OfPlayer, Long> by) {
        return switch (database.dialect()) {
            case POSTGRESQL -> advanceReturning(by);
            case MARIADB -> advanceAndAsk(by);
        };
    }

    private Map<OfPlayer, Long> advanceReturning(SortedMap<OfPlayer, Long> by) {
        return database
                .jdbc()
                .sql("""
                        insert into player_sequence as sequence (tenant_id, player_id, stream, last_number)
                        select tenant_id, player_id, :stream, taken
                        from unnest(:tenants, :players, :taken) with ordinality as more (tenant_id, player_id, taken, n)
                        order by n
                        on conflict (tenant_id, player_id, stream) do update
                        set last_number = sequence.last_number + excluded.last_number
                        returning tenant_id, player_id, last_number
                        """)
                .param("stream", STREAM)
                .param(
                        "tenants",
                        Database.texts(by.keySet().stream()
                                .map(key -> key.tenant().value())
                                .toList()))
                .param(
                        "players",
                        Database.texts(by.keySet().stream()
                                .map(key -> key.player().value())
                                .toList()))
                .param("taken", Database.numbers(by.values()))
                .query(RewardTables::readLastNumber)
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Map<OfPlayer, Long> advanceAndAsk(SortedMap<OfPlayer, Long> by) {
        database.jdbc()
                .sql("""
                        insert into player_sequence (tenant_id, player_id, stream, last_number) values :rows
                        on duplicate key update last_number = last_number + values(last_number)
                        """)
                .param(
                        "rows",
                        rows(
                                by.entrySet(),
                                entry -> row(
                                        entry.getKey().tenant().value(),
                                        entry.getKey().player().value(),
                                        STREAM,
                                        entry.getValue())))
                .update();
        return database
                .jdbc()
                .sql("""
                        select tenant_id, player_id, last_number from player_sequence
                        where (tenant_id, player_id, stream) in (:keys)
                        """)
                .param(
                        "keys",
                        rows(
                                by.keySet(),
                                key -> row(key.tenant().value(), key.player().value(), STREAM)))
                .query(RewardTables::readLastNumber)
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map.Entry<OfPlayer, Long> readLastNumber(ResultSet row, int number) throws SQLException {
        var player = new OfPlayer(new TenantId(row.getString("tenant_id")), new PlayerId(row.getString("player_id")));
        return Map.entry(player, row.getLong("last_number"));
    }

    static RewardRecord read(ResultSet row, int number) throws SQLException {
        return new RewardRecord(
                new TenantId(row.getString("tenant_id")),
                new RewardId(row.getString("reward_id")),
                new PlayerId(row.getString("player_id")),
                new PrizeId(row.getString("prize_id")),
                new GameId(row.getString("game_id")),
                cause(row),
                row.getString("name"),
                row.getString("image"),
                PrizeType.named(row.getString("type")).orElseThrow(),
                row.getLong("quantity"),
                row.getLong("value"),
                row.getString("code"),
                state(row));
    }

    private static RewardCause cause(ResultSet row) throws SQLException {
        String play = row.getString("play_id");
        return play == null
                ? RewardCause.of(row.getString("cause"), row.getString("cause_id"))
                : new RewardCause.OfPlay(new PlayId(play));
    }

    private static RewardState state(ResultSet row) throws SQLException {
        Instant revokedAt = time(row, "revoked_at");
        RewardState unrevoked = unrevoked(row);
        return revokedAt == null ? unrevoked : new RewardState.Revoked(unrevoked, revokedAt);
    }

    /** The last state but revocation; an expired or fulfilled reward stays what it was before. */
    private static RewardState unrevoked(ResultSet row) throws SQLException {
        Instant wonAt = UtcTimes.instant(row.getObject("created_at", LocalDateTime.class));
        Instant claimedAt = time(row, "claimed_at");
        Instant fulfilledAt = time(row, "fulfilled_at");
        Instant expiredAt = time(row, "expired_at");
        if (fulfilledAt != null) {
            return new RewardState.Fulfilled(wonAt, claimedAt, fulfilledAt);
        }
        if (expiredAt != null) {
            return new RewardState.Expired(wonAt, expiredAt);
        }
        return claimedAt == null
                ? new RewardState.Won(wonAt, time(row, "expires_at"))
                : new RewardState.Claimed(wonAt, claimedAt);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        return UtcTimes.instantOrNull(row.getObject(column, LocalDateTime.class));
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
