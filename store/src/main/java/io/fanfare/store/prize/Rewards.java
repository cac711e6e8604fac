package io.fanfare.store.prize;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.store.Database;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What players won. */
public final class Rewards {

    private final Database database;

    public Rewards(Database database) {
        this.database = database;
    }

    /**
     * A player's rewards, newest first.
     *
     * @param before continue behind this reward; null = from the newest
     */
    public Page<RewardRecord> ofPlayer(TenantId tenant, PlayerId player, @Nullable RewardId before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
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
                        .param("limit", atMost)
                        .query(Rewards::read)
                        .list());
    }

    public Optional<RewardRecord> find(TenantId tenant, RewardId id) {
        return database.jdbc()
                .sql("select * from reward where tenant_id = :tenant and reward_id = :reward")
                .param("tenant", tenant.value())
                .param("reward", id.value())
                .query(Rewards::read)
                .optional();
    }

    private static RewardRecord read(ResultSet row, int number) throws SQLException {
        return new RewardRecord(
                new TenantId(row.getString("tenant_id")),
                new RewardId(row.getString("reward_id")),
                new PlayerId(row.getString("player_id")),
                new PrizeId(row.getString("prize_id")),
                new GameId(row.getString("game_id")),
                new PlayId(row.getString("play_id")),
                row.getString("name"),
                row.getString("image"),
                PrizeType.named(row.getString("type")).orElseThrow(),
                row.getLong("quantity"),
                row.getLong("value"),
                row.getString("code"),
                RewardStatus.named(row.getString("status")).orElseThrow(),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)));
    }
}
