package io.fanfare.bench.verify;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.verify.Snapshot.CampaignRules;
import io.fanfare.bench.verify.Snapshot.CaughtRow;
import io.fanfare.bench.verify.Snapshot.CodeRow;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.Counter;
import io.fanfare.bench.verify.Snapshot.DefinitionRow;
import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.KeptAnswer;
import io.fanfare.bench.verify.Snapshot.LastNumber;
import io.fanfare.bench.verify.Snapshot.Life;
import io.fanfare.bench.verify.Snapshot.MomentsClaimed;
import io.fanfare.bench.verify.Snapshot.OutboxRow;
import io.fanfare.bench.verify.Snapshot.Outcome;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.PrizeRow;
import io.fanfare.bench.verify.Snapshot.Reservation;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.SessionRow;
import io.fanfare.bench.verify.Snapshot.Spent;
import io.fanfare.bench.verify.Snapshot.StepRow;
import io.fanfare.bench.verify.Snapshot.StockMovement;
import io.fanfare.bench.verify.Snapshot.Terms;
import io.fanfare.bench.verify.Snapshot.Turns;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The system of record, over plain JDBC. */
final class Tables {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FETCH = 5_000;

    private final Target target;

    Tables(Target target) {
        this.target = target;
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Everything that the checks look at, in one repeatable-read transaction. What changes fastest is read while its locks
     * do least harm: the outbox comes last, since dropping one of its partitions waits for its readers.
     */
    Snapshot snapshot() throws SQLException {
        try (Connection connection = connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            Instant takenAt = list(
                            connection,
                            "select clock_timestamp() at time zone 'utc' as at",
                            row -> requireNonNull(instant(row, "at")))
                    .getFirst();
            Terms terms = terms(connection);
            var snapshot = new Snapshot(
                    takenAt,
                    plays(connection),
                    sessions(connection),
                    rewards(connection),
                    answers(connection),
                    lastNumbers(connection),
                    games(connection),
                    counters(connection, "play_counter", "game_id", "plays"),
                    counters(connection, "award_counter", "prize_id", "units"),
                    prizes(connection),
                    movements(connection),
                    codes(connection),
                    commands(connection),
                    definitions(connection),
                    outbox(connection),
                    terms);
            connection.rollback();
            return snapshot;
        }
    }

    /** Those of the given plays that are there now. */
    Set<Ref> playsAmong(Collection<Ref> plays) throws SQLException {
        return among(
                "select tenant_id, play_id from play where (tenant_id, play_id) in (select * from unnest(?, ?))",
                plays);
    }

    /** Those of the given commands that are there now, by command id. */
    Set<Ref> commandsAmong(Collection<Ref> commands) throws SQLException {
        return among("""
                select tenant_id, command_id::text from wallet_command
                where (tenant_id, command_id) in (select t, c::uuid from unnest(?, ?) as given (t, c))
                """, commands);
    }

    /** Writes a row that tells nobody anything, to be found again behind all that was committed before it. */
    void write(UUID marker, String topic) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
                        select ?, ?, 'verify', 'VerifyMarker', ''::bytea, '', t, to_char(t, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                        from (select (now() at time zone 'utc')::timestamp(3) as t) as moment
                        """)) {
            insert.setObject(1, marker);
            insert.setString(2, topic);
            insert.executeUpdate();
        }
    }

    private Set<Ref> among(String sql, Collection<Ref> wanted) throws SQLException {
        var found = new HashSet<Ref>();
        if (wanted.isEmpty()) {
            return found;
        }
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", wanted.stream().map(Ref::tenant).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", wanted.stream().map(Ref::id).toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Ref(row.getString(1), row.getString(2)));
                }
            }
        }
        return found;
    }

    private static List<PlayRow> plays(Connection connection) throws SQLException {
        return list(
                connection,
                """
                select tenant_id, play_id, player_id, game_id, game_revision, session_id, sequence, score,
                    wallet_scope_key, wallet_number, occurred_at
                from play
                """,
                row -> new PlayRow(
                        ref(row, "play_id"),
                        ref(row, "player_id"),
                        row.getString("game_id"),
                        row.getLong("game_revision"),
                        row.getString("session_id"),
                        row.getLong("sequence"),
                        row.getObject("score", Long.class),
                        row.getString("wallet_scope_key"),
                        row.getObject("wallet_number", Long.class),
                        requireNonNull(instant(row, "occurred_at"))));
    }

    private static List<SessionRow> sessions(Connection connection) throws SQLException {
        return list(
                connection,
                """
                select tenant_id, session_id, game_id, player_id from session
                where consumed_at is not null
                """,
                row -> new SessionRow(ref(row, "session_id"), row.getString("game_id"), ref(row, "player_id")));
    }

    private static List<RewardRow> rewards(Connection connection) throws SQLException {
        return list(
                connection,
                """
                select tenant_id, reward_id, player_id, prize_id, play_id, ordinal, type, quantity, value, code, created_at,
                    status, fulfilled_at is not null as was_fulfilled, is_unit_returned
                from reward
                """,
                row -> new RewardRow(
                        ref(row, "reward_id"),
                        ref(row, "player_id"),
                        row.getString("prize_id"),
                        row.getString("play_id"),
                        row.getInt("ordinal"),
                        row.getString("type"),
                        row.getLong("quantity"),
                        row.getLong("value"),
                        row.getString("code"),
                        requireNonNull(instant(row, "created_at")),
                        new Life(
                                row.getString("status"),
                                row.getBoolean("was_fulfilled"),
                                row.getBoolean("is_unit_returned"))));
    }

    private static List<KeptAnswer> answers(Connection connection) throws SQLException {
        return list(
                        connection,
                        "select tenant_id, caller, key, body from idempotency_key where status = 200 and body is not null",
                        row -> answer(
                                row.getString("tenant_id"),
                                row.getString("caller"),
                                row.getString("key"),
                                row.getString("body")))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty where it answers something else than a play. */
    private static Optional<KeptAnswer> answer(String tenant, String caller, String key, String body) {
        try {
            JsonNode data = JSON.readTree(body).path("data");
            String play = data.path("play_id").asText("");
            return play.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new KeptAnswer(tenant, caller, key, play, outcomes(data.path("rewards"))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s keeps what is not JSON under key '%s'".formatted(caller, key), e);
        }
    }

    /** The rewards of an answer to a play. */
    static List<Outcome> outcomes(JsonNode rewards) {
        var outcomes = new ArrayList<Outcome>();
        for (JsonNode reward : rewards) {
            outcomes.add(new Outcome(
                    reward.path("reward_id").asText(),
                    reward.path("prize_id").asText(),
                    reward.path("type").asText(),
                    reward.path("quantity").asLong(),
                    reward.path("value").asLong(),
                    reward.path("code").textValue()));
        }
        return outcomes;
    }

    private static List<LastNumber> lastNumbers(Connection connection) throws SQLException {
        return list(
                connection,
                "select tenant_id, player_id, stream, last_number from player_sequence",
                row -> new LastNumber(ref(row, "player_id"), row.getString("stream"), row.getLong("last_number")));
    }

    private static List<GameRules> games(Connection connection) throws SQLException {
        return list(connection, """
                select tenant_id, game_id, revision, campaign_id, max_plays_per_user, max_plays_per_day, use_turns,
                    handler_config
                from game_revision
                """, Tables::gameRules);
    }

    private static GameRules gameRules(ResultSet row) throws SQLException {
        Ref game = ref(row, "game_id");
        JsonNode config;
        try {
            config = JSON.readTree(row.getString("handler_config"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("game %s is configured by what is not JSON".formatted(game), e);
        }
        return new GameRules(
                game,
                row.getLong("revision"),
                row.getString("campaign_id"),
                row.getLong("max_plays_per_user"),
                row.getLong("max_plays_per_day"),
                row.getBoolean("use_turns"),
                config.path("budget").asLong(),
                Moments.of(config));
    }

    private static Terms terms(Connection connection) throws SQLException {
        return new Terms(
                list(
                        connection,
                        """
                        select tenant_id, campaign_id, revision, created_at, max_plays_per_user, max_plays_per_day, budget
                        from campaign_revision
                        """,
                        row -> new CampaignRules(
                                ref(row, "campaign_id"),
                                row.getLong("revision"),
                                requireNonNull(instant(row, "created_at")),
                                row.getLong("max_plays_per_user"),
                                row.getLong("max_plays_per_day"),
                                row.getLong("budget"))),
                turns(connection, "turn_balance", "balance"),
                turns(connection, "turn_movement", "delta"),
                list(
                        connection,
                        "select tenant_id, scope, scope_id, spent from budget_counter",
                        row -> new Spent(
                                ref(row, "scope_id"), row.getString("scope").equals("campaign"), row.getLong("spent"))),
                list(
                        connection,
                        "select tenant_id, game_id, prize_id, claimed from moment_counter",
                        row -> new MomentsClaimed(
                                ref(row, "game_id"), row.getString("prize_id"), row.getLong("claimed"))),
                list(
                        connection,
                        "select tenant_id, play_id, game_id, player_id, session_id from caught_play",
                        row -> new CaughtRow(
                                ref(row, "play_id"),
                                row.getString("game_id"),
                                ref(row, "player_id"),
                                row.getString("session_id"))),
                list(
                        connection,
                        "select tenant_id, reward_id, step_no, step from reward_step",
                        row -> new StepRow(ref(row, "reward_id"), row.getInt("step_no"), row.getString("step"))),
                reservations(connection));
    }

    private static List<Reservation> reservations(Connection connection) throws SQLException {
        return list(
                connection,
                """
                select tenant_id, redemption_id, player_id, prize_id, reward_id, code, is_unit_taken, requested_at
                from redemption
                where status = 'pending'
                """,
                row -> new Reservation(
                        ref(row, "redemption_id"),
                        ref(row, "player_id"),
                        row.getString("prize_id"),
                        ref(row, "reward_id"),
                        row.getString("code"),
                        row.getBoolean("is_unit_taken"),
                        requireNonNull(instant(row, "requested_at"))));
    }

    private static List<Turns> turns(Connection connection, String table, String column) throws SQLException {
        return list(
                connection,
                "select tenant_id, campaign_id, player_id, %s from %s".formatted(column, table),
                row -> new Turns(ref(row, "player_id"), row.getString("campaign_id"), row.getLong(column)));
    }

    private static List<Counter> counters(Connection connection, String table, String subject, String count)
            throws SQLException {
        return list(
                connection,
                "select tenant_id, %s, player_id, epoch_day, %s from %s".formatted(subject, count, table),
                row -> new Counter(
                        ref(row, subject), row.getString("player_id"), row.getInt("epoch_day"), row.getLong(count)));
    }

    private static List<PrizeRow> prizes(Connection connection) throws SQLException {
        return list(
                connection,
                """
                select p.tenant_id, p.prize_id, p.revision, p.max_per_user, p.max_per_day, p.needs_code, p.updated_at,
                    s.total, s.remaining
                from prize p
                left join prize_stock s on s.tenant_id = p.tenant_id and s.prize_id = p.prize_id
                """,
                row -> new PrizeRow(
                        ref(row, "prize_id"),
                        row.getLong("revision"),
                        row.getLong("max_per_user"),
                        row.getLong("max_per_day"),
                        row.getBoolean("needs_code"),
                        requireNonNull(instant(row, "updated_at")),
                        row.getObject("total", Long.class),
                        row.getObject("remaining", Long.class)));
    }

    private static List<StockMovement> movements(Connection connection) throws SQLException {
        return list(
                connection,
                "select tenant_id, prize_id, delta from stock_movement",
                row -> new StockMovement(ref(row, "prize_id"), row.getLong("delta")));
    }

    private static List<CodeRow> codes(Connection connection) throws SQLException {
        return list(
                connection,
                "select tenant_id, prize_id, code, reward_id, voided_at is not null as is_void from prize_code",
                row -> new CodeRow(
                        ref(row, "prize_id"),
                        row.getString("code"),
                        row.getString("reward_id"),
                        row.getBoolean("is_void")));
    }

    private static List<CommandRow> commands(Connection connection) throws SQLException {
        return list(
                connection,
                "select tenant_id, scope_key, player_id, number, command_id, payload from wallet_command",
                row -> new CommandRow(
                        new Wallet(row.getString("tenant_id"), row.getString("scope_key"), row.getString("player_id")),
                        row.getLong("number"),
                        row.getString("command_id"),
                        Fingerprint.of(row.getBytes("payload"))));
    }

    private static List<OutboxRow> outbox(Connection connection) throws SQLException {
        return list(
                connection,
                "select id, aggregatetype, aggregateid, type, partition_no, payload from outbox",
                row -> new OutboxRow(
                        row.getObject("id", UUID.class),
                        row.getString("aggregatetype"),
                        row.getString("aggregateid"),
                        row.getString("type"),
                        row.getObject("partition_no", Integer.class),
                        Fingerprint.of(row.getBytes("payload"))));
    }

    private static List<DefinitionRow> definitions(Connection connection) throws SQLException {
        return list(connection, """
                select tenant_id || '/campaign/' || campaign_id || '/' || revision as key from campaign_revision
                union all
                select tenant_id || '/game/' || game_id || '/' || revision from game_revision
                union all
                select tenant_id || '/milestones/' || game_id || '/' || revision from game_milestones
                union all
                select tenant_id || '/leaderboard/' || leaderboard_id || '/' || revision from leaderboard_revision
                union all
                select tenant_id || '/prize/' || prize_id || '/' || revision from prize
                union all
                select tenant_id || '/integration/' || integration_id || '/' || revision from integration
                """, row -> new DefinitionRow(row.getString("key")));
    }

    private static <T> List<T> list(Connection connection, String sql, RowReader<T> reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            var found = new ArrayList<T>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(reader.read(row));
                }
            }
            return found;
        }
    }

    private static Ref ref(ResultSet row, String column) throws SQLException {
        return new Ref(row.getString("tenant_id"), row.getString(column));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(target.jdbcUrl(), target.user(), target.password());
    }
}
