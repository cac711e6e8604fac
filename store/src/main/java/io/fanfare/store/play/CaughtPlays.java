package io.fanfare.store.play;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.store.Database;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attempts of a tenant's players that could not be true, for those who look into them. */
public final class CaughtPlays {

    private final Database database;

    public CaughtPlays(Database database) {
        this.database = database;
    }

    /**
     * Which of them are asked for.
     *
     * @param game null = of any
     * @param player null = of anybody
     */
    public record Wanted(@Nullable GameId game, @Nullable PlayerId player) {}

    public Optional<CaughtPlayRecord> find(TenantId tenant, PlayId id) {
        return database.jdbc()
                .sql("select * from caught_play where tenant_id = :tenant and play_id = :play")
                .param("tenant", tenant.value())
                .param("play", id.value())
                .query(CaughtPlays::read)
                .optional();
    }

    /** The attempt that made an end of a session, where one did. */
    public Optional<CaughtPlayRecord> ofSession(TenantId tenant, SessionId session) {
        return database.jdbc()
                .sql("select * from caught_play where tenant_id = :tenant and session_id = :session")
                .param("tenant", tenant.value())
                .param("session", session.value())
                .query(CaughtPlays::read)
                .optional();
    }

    /**
     * Newest first.
     *
     * @param before continue behind this attempt; null = from the newest
     */
    public Page<CaughtPlayRecord> list(TenantId tenant, Wanted wanted, @Nullable PlayId before, int limit) {
        var conditions = new StringBuilder("where tenant_id = :tenant");
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", tenant.value());
        if (wanted.game() != null) {
            conditions.append(" and game_id = :game");
            values.put("game", wanted.game().value());
        }
        if (wanted.player() != null) {
            conditions.append(" and player_id = :player");
            values.put("player", wanted.player().value());
        }
        if (before != null) {
            conditions.append(" and play_id < :before");
            values.put("before", before.value());
        }
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql("select * from caught_play %s order by play_id desc limit :limit".formatted(conditions))
                        .params(values)
                        .param("limit", atMost)
                        .query(CaughtPlays::read)
                        .list());
    }

    private static CaughtPlayRecord read(ResultSet row, int number) throws SQLException {
        return new CaughtPlayRecord(
                new PlayId(row.getString("play_id")),
                new GameId(row.getString("game_id")),
                row.getLong("game_revision"),
                new PlayerId(row.getString("player_id")),
                new SessionId(row.getString("session_id")),
                PlayJson.readDocument(row.getString("input")),
                row.getString("verdict"),
                PlayJson.readFacts(row.getString("facts")),
                row.getString("traceparent"),
                UtcTimes.instant(row.getObject("occurred_at", LocalDateTime.class)));
    }
}
