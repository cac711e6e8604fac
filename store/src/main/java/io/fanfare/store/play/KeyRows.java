package io.fanfare.store.play;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.store.idempotency.CallerKey;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Keys as they are read from the columns of a row, whatever the database. */
final class KeyRows {

    private KeyRows() {}

    static CallerKey caller(ResultSet row) throws SQLException {
        return new CallerKey(tenant(row), row.getString("caller"), row.getString("key"));
    }

    static SessionKey session(ResultSet row) throws SQLException {
        return new SessionKey(tenant(row), new SessionId(row.getString("session_id")));
    }

    /** What is counted is selected as {@code subject}. */
    static CounterKey counter(ResultSet row) throws SQLException {
        return new CounterKey(tenant(row), row.getString("subject"), player(row));
    }

    /** Its columns are selected as {@code ever}, {@code epoch_day}, {@code of_day} and {@code of_day_before}. */
    static Count count(ResultSet row) throws SQLException {
        return new Count(
                row.getLong("ever"), row.getLong("epoch_day"), row.getLong("of_day"), row.getLong("of_day_before"));
    }

    static TurnKey turn(ResultSet row) throws SQLException {
        return new TurnKey(tenant(row), new CampaignId(row.getString("campaign_id")), player(row));
    }

    static BudgetKey budget(ResultSet row) throws SQLException {
        return new BudgetKey(tenant(row), row.getString("scope"), row.getString("scope_id"));
    }

    static MomentKey moment(ResultSet row) throws SQLException {
        return new MomentKey(tenant(row), new GameId(row.getString("game_id")), new PrizeId(row.getString("prize_id")));
    }

    static PrizeKey prize(ResultSet row) throws SQLException {
        return new PrizeKey(tenant(row), new PrizeId(row.getString("prize_id")));
    }

    private static TenantId tenant(ResultSet row) throws SQLException {
        return new TenantId(row.getString("tenant_id"));
    }

    private static PlayerId player(ResultSet row) throws SQLException {
        return new PlayerId(row.getString("player_id"));
    }
}
