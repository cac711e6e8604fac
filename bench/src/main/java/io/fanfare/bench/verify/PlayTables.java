package io.fanfare.bench.verify;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.verify.Snapshot.CampaignRules;
import io.fanfare.bench.verify.Snapshot.CaughtRow;
import io.fanfare.bench.verify.Snapshot.Counter;
import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.MomentsClaimed;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.SessionRow;
import io.fanfare.bench.verify.Snapshot.Spent;
import io.fanfare.bench.verify.Snapshot.StepRow;
import io.fanfare.bench.verify.Snapshot.Terms;
import io.fanfare.bench.verify.Snapshot.Turns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Games and campaigns, their plays, and what was counted of them. */
final class PlayTables {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlayTables() {}

    static List<PlayRow> plays(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                """
                select tenant_id, play_id, player_id, game_id, game_revision, session_id, sequence, score,
                    wallet_scope_key, wallet_number, occurred_at
                from play
                """,
                row -> new PlayRow(
                        Rows.ref(row, "play_id"),
                        Rows.ref(row, "player_id"),
                        row.getString("game_id"),
                        row.getLong("game_revision"),
                        row.getString("session_id"),
                        row.getLong("sequence"),
                        row.getObject("score", Long.class),
                        row.getString("wallet_scope_key"),
                        row.getObject("wallet_number", Long.class),
                        requireNonNull(Rows.instant(row, "occurred_at"))));
    }

    static List<SessionRow> sessions(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                """
                select tenant_id, session_id, game_id, player_id from session
                where consumed_at is not null
                """,
                row -> new SessionRow(
                        Rows.ref(row, "session_id"), row.getString("game_id"), Rows.ref(row, "player_id")));
    }

    static List<GameRules> games(Connection connection) throws SQLException {
        return Rows.list(connection, """
                select tenant_id, game_id, revision, campaign_id, max_plays_per_user, max_plays_per_day, use_turns,
                    handler_config
                from game_revision
                """, PlayTables::gameRules);
    }

    private static GameRules gameRules(ResultSet row) throws SQLException {
        Ref game = Rows.ref(row, "game_id");
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

    static Terms terms(Connection connection) throws SQLException {
        return new Terms(
                Rows.list(
                        connection,
                        """
                        select tenant_id, campaign_id, revision, created_at, max_plays_per_user, max_plays_per_day, budget
                        from campaign_revision
                        """,
                        row -> new CampaignRules(
                                Rows.ref(row, "campaign_id"),
                                row.getLong("revision"),
                                requireNonNull(Rows.instant(row, "created_at")),
                                row.getLong("max_plays_per_user"),
                                row.getLong("max_plays_per_day"),
                                row.getLong("budget"))),
                turns(connection, "turn_balance", "balance"),
                turns(connection, "turn_movement", "delta"),
                Rows.list(
                        connection,
                        "select tenant_id, scope, scope_id, spent from budget_counter",
                        row -> new Spent(
                                Rows.ref(row, "scope_id"),
                                row.getString("scope").equals("campaign"),
                                row.getLong("spent"))),
                Rows.list(
                        connection,
                        "select tenant_id, game_id, prize_id, claimed from moment_counter",
                        row -> new MomentsClaimed(
                                Rows.ref(row, "game_id"), row.getString("prize_id"), row.getLong("claimed"))),
                Rows.list(
                        connection,
                        "select tenant_id, play_id, game_id, player_id, session_id from caught_play",
                        row -> new CaughtRow(
                                Rows.ref(row, "play_id"),
                                row.getString("game_id"),
                                Rows.ref(row, "player_id"),
                                row.getString("session_id"))),
                Rows.list(
                        connection,
                        "select tenant_id, reward_id, step_no, step from reward_step",
                        row -> new StepRow(Rows.ref(row, "reward_id"), row.getInt("step_no"), row.getString("step"))));
    }

    private static List<Turns> turns(Connection connection, String table, String column) throws SQLException {
        return Rows.list(
                connection,
                "select tenant_id, campaign_id, player_id, %s from %s".formatted(column, table),
                row -> new Turns(Rows.ref(row, "player_id"), row.getString("campaign_id"), row.getLong(column)));
    }

    static List<Counter> counters(Connection connection, String table, String subject, String count)
            throws SQLException {
        return Rows.list(
                connection,
                """
                select tenant_id, $subject, player_id, %d as epoch_day, $count from $table
                union all
                select tenant_id, $subject, player_id, epoch_day, $count_of_day from $table
                union all
                select tenant_id, $subject, player_id, epoch_day - 1, $count_of_day_before from $table where epoch_day > 0
                """.formatted(Snapshot.EVER)
                        .replace("$subject", subject)
                        .replace("$count", count)
                        .replace("$table", table),
                row -> new Counter(
                        Rows.ref(row, subject),
                        row.getString("player_id"),
                        row.getInt("epoch_day"),
                        row.getLong(count)));
    }
}
