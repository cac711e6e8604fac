package io.fanfare.store.play;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plays of a tenant as an auditor reads them, one by one. */
public final class PlayRecords {

    private final Database database;

    public PlayRecords(Database database) {
        this.database = database;
    }

    public Optional<PlayRecord> find(TenantId tenant, PlayId id) {
        List<GrantedReward> rewards = rewards(tenant, id);
        return database.jdbc()
                .sql("select * from play where tenant_id = :tenant and play_id = :play")
                .param("tenant", tenant.value())
                .param("play", id.value())
                .query((row, _) -> read(tenant, row, rewards))
                .optional();
    }

    private List<GrantedReward> rewards(TenantId tenant, PlayId id) {
        return database.jdbc()
                .sql("""
                        select * from reward
                        where tenant_id = :tenant and play_id = :play
                        order by ordinal
                        """)
                .param("tenant", tenant.value())
                .param("play", id.value())
                .query((row, _) -> new GrantedReward(
                        new RewardId(row.getString("reward_id")),
                        new PrizeId(row.getString("prize_id")),
                        row.getString("name"),
                        row.getString("image"),
                        PrizeType.named(row.getString("type")).orElseThrow(),
                        row.getLong("quantity"),
                        row.getLong("value"),
                        row.getString("code")))
                .list();
    }

    private static PlayRecord read(TenantId tenant, ResultSet row, List<GrantedReward> rewards) throws SQLException {
        var play = new CommittedPlay(
                new PlayId(row.getString("play_id")),
                new GameId(row.getString("game_id")),
                row.getLong("game_revision"),
                new PlayerId(row.getString("player_id")),
                row.getLong("sequence"),
                PlayJson.readDocument(row.getString("input")),
                PlayJson.readDocument(row.getString("metadata")),
                row.getObject("score", Long.class),
                rewards,
                PlayJson.readUnavailable(row.getString("unavailable")),
                walletNumber(row),
                UtcTimes.instant(row.getObject("occurred_at", LocalDateTime.class)));
        return new PlayRecord(
                tenant,
                play,
                new SessionId(row.getString("session_id")),
                row.getString("client_seed"),
                row.getString("traceparent"));
    }

    private static @Nullable WalletNumber walletNumber(ResultSet row) throws SQLException {
        String scopeKey = row.getString("wallet_scope_key");
        return scopeKey == null ? null : new WalletNumber(scopeKey, row.getLong("wallet_number"));
    }
}
