package io.fanfare.bench.verify;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.verify.Snapshot.CodeRow;
import io.fanfare.bench.verify.Snapshot.KeptAnswer;
import io.fanfare.bench.verify.Snapshot.Life;
import io.fanfare.bench.verify.Snapshot.Outcome;
import io.fanfare.bench.verify.Snapshot.PrizeRow;
import io.fanfare.bench.verify.Snapshot.PrizeRules;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.StockMovement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was won: rewards, the answers that told of them, prizes, stock and codes. */
final class RewardTables {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RewardTables() {}

    static List<RewardRow> rewards(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                """
                select tenant_id, reward_id, player_id, prize_id, play_id, ordinal, type, quantity, value, code, created_at,
                    case type when 'lucky_item' then name end as item, status, fulfilled_at is not null as was_fulfilled,
                    is_unit_returned
                from reward
                """,
                row -> new RewardRow(
                        Rows.ref(row, "reward_id"),
                        Rows.ref(row, "player_id"),
                        row.getString("prize_id"),
                        row.getString("play_id"),
                        row.getInt("ordinal"),
                        row.getString("type"),
                        row.getString("item"),
                        row.getLong("quantity"),
                        row.getLong("value"),
                        row.getString("code"),
                        requireNonNull(Rows.instant(row, "created_at")),
                        new Life(
                                row.getString("status"),
                                row.getBoolean("was_fulfilled"),
                                row.getBoolean("is_unit_returned"))));
    }

    static List<KeptAnswer> answers(Connection connection) throws SQLException {
        return Rows.list(
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
    static List<Outcome> outcomes(Iterable<JsonNode> rewards) {
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

    static List<PrizeRow> prizes(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                """
                select p.tenant_id, p.prize_id, s.total, s.remaining
                from prize p
                left join prize_stock s on s.tenant_id = p.tenant_id and s.prize_id = p.prize_id
                """,
                row -> new PrizeRow(
                        Rows.ref(row, "prize_id"),
                        row.getObject("total", Long.class),
                        row.getObject("remaining", Long.class)));
    }

    static List<PrizeRules> prizeRules(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                """
                select tenant_id, prize_id, revision, effective_at, max_per_user, max_per_day, needs_code
                from prize_revision
                """,
                row -> new PrizeRules(
                        Rows.ref(row, "prize_id"),
                        row.getLong("revision"),
                        requireNonNull(Rows.instant(row, "effective_at")),
                        row.getLong("max_per_user"),
                        row.getLong("max_per_day"),
                        row.getBoolean("needs_code")));
    }

    static List<StockMovement> movements(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                "select tenant_id, prize_id, delta from stock_movement",
                row -> new StockMovement(Rows.ref(row, "prize_id"), row.getLong("delta")));
    }

    static List<CodeRow> codes(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                "select tenant_id, prize_id, code, reward_id, voided_at is not null as is_void from prize_code",
                row -> new CodeRow(
                        Rows.ref(row, "prize_id"),
                        row.getString("code"),
                        row.getString("reward_id"),
                        row.getBoolean("is_void")));
    }
}
