package io.fanfare.store.redemption;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.redemption.RedemptionRecord.SetAside;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on redemptions. */
final class RedemptionRows {

    private static final int MAX_DETAIL = 500;

    private final Database database;

    RedemptionRows(Database database) {
        this.database = database;
    }

    Optional<RedemptionRecord> find(RedemptionKey key) {
        return one("select * from redemption where tenant_id = :tenant and redemption_id = :redemption", key);
    }

    Optional<RedemptionRecord> lock(RedemptionKey key) {
        return one(
                "select * from redemption where tenant_id = :tenant and redemption_id = :redemption for update", key);
    }

    private Optional<RedemptionRecord> one(String sql, RedemptionKey key) {
        return database.jdbc()
                .sql(sql)
                .param("tenant", key.tenant().value())
                .param("redemption", key.id().value())
                .query(RedemptionRows::read)
                .optional();
    }

    Optional<RedemptionRecord> underKey(TenantId tenant, PlayerId player, String idempotencyKey) {
        return database.jdbc()
                .sql("""
                        select * from redemption
                        where tenant_id = :tenant and player_id = :player and idempotency_key = :key
                        """)
                .param("tenant", tenant.value())
                .param("player", player.value())
                .param("key", idempotencyKey)
                .query(RedemptionRows::read)
                .optional();
    }

    /** Those of the given ones that have ended. */
    List<RedemptionRecord> ended(Collection<RedemptionKey> keys) {
        return database.jdbc()
                .sql("""
                        select * from redemption
                        where (tenant_id, redemption_id) in (:keys) and status <> 'pending'
                        """)
                .param(
                        "keys",
                        keys.stream()
                                .map(key -> new Object[] {
                                    key.tenant().value(), key.id().value()
                                })
                                .toList())
                .query(RedemptionRows::read)
                .list();
    }

    void forgetClaim(RedemptionKey key) {
        database.jdbc()
                .sql("""
                        update redemption set idempotency_key = null, request_hash = null
                        where tenant_id = :tenant and redemption_id = :redemption
                        """)
                .param("tenant", key.tenant().value())
                .param("redemption", key.id().value())
                .update();
    }

    void insert(RedemptionRecord redemption) {
        SetAside unit = redemption.unit();
        IdempotencyClaim claim = redemption.claim();
        database.jdbc()
                .sql("""
                        insert into redemption (tenant_id, redemption_id, player_id, game_id, game_revision, milestone_id, mode,
                            currency, threshold, scope_key, wallet_number, award_id, reward_id, prize_id, prize_name,
                            prize_image, prize_type, prize_value, code, is_unit_taken, status, idempotency_key,
                            request_hash, traceparent, requested_at)
                        values (:tenant, :redemption, :player, :game, :game_revision, :milestone, :mode,
                            :currency, :threshold, :scope, :wallet_number, :award, :reward, :prize, :prize_name,
                            :prize_image, :prize_type, :prize_value, :code, :is_unit_taken, :status, :idempotency_key,
                            :request_hash, :traceparent, :requested_at)
                        """)
                .param("tenant", redemption.key().tenant().value())
                .param("redemption", redemption.key().id().value())
                .param("player", redemption.player().value())
                .param("game", redemption.game().value())
                .param("game_revision", redemption.gameRevision())
                .param("milestone", redemption.milestone().id().value())
                .param("mode", redemption.mode().wireName())
                .param("currency", redemption.currency().code())
                .param("threshold", redemption.milestone().threshold())
                .param("scope", redemption.scope().value())
                .param("wallet_number", redemption.walletNumber())
                .param(
                        "award",
                        redemption.award() == null ? null : redemption.award().value())
                .param("reward", unit.reward().value())
                .param("prize", unit.prize().value())
                .param("prize_name", unit.name())
                .param("prize_image", unit.image())
                .param("prize_type", unit.type().wireName())
                .param("prize_value", unit.value())
                .param("code", unit.code())
                .param("is_unit_taken", unit.isOfLimitedStock())
                .param("status", redemption.state().word())
                .param("idempotency_key", claim == null ? null : claim.key())
                .param("request_hash", claim == null ? null : claim.requestHash())
                .param("traceparent", redemption.traceparent())
                .param("requested_at", UtcTimes.column(redemption.requestedAt()))
                .update();
    }

    void granted(RedemptionKey key, RedemptionState.Granted granted) {
        database.jdbc()
                .sql("""
                        update redemption
                        set status = 'granted', balance_after = :balance, credit_number = :credit, ended_at = :at
                        where tenant_id = :tenant and redemption_id = :redemption
                        """)
                .param("balance", granted.balanceAfter())
                .param("credit", granted.creditNumber())
                .param("at", UtcTimes.column(granted.at()))
                .param("tenant", key.tenant().value())
                .param("redemption", key.id().value())
                .update();
    }

    void refused(RedemptionKey key, RedemptionState.Refused refused) {
        database.jdbc()
                .sql("""
                        update redemption
                        set status = 'refused', refusal = :refusal, detail = :detail, ended_at = :at
                        where tenant_id = :tenant and redemption_id = :redemption
                        """)
                .param("refusal", refused.refusal())
                .param(
                        "detail",
                        refused.detail().length() <= MAX_DETAIL
                                ? refused.detail()
                                : refused.detail().substring(0, MAX_DETAIL))
                .param("at", UtcTimes.column(refused.at()))
                .param("tenant", key.tenant().value())
                .param("redemption", key.id().value())
                .update();
    }

    private static RedemptionRecord read(ResultSet row, int number) throws SQLException {
        String award = row.getString("award_id");
        String key = row.getString("idempotency_key");
        var prize = new PrizeId(row.getString("prize_id"));
        return new RedemptionRecord(
                new RedemptionKey(
                        new TenantId(row.getString("tenant_id")), new RedemptionId(row.getString("redemption_id"))),
                new PlayerId(row.getString("player_id")),
                new GameId(row.getString("game_id")),
                row.getLong("game_revision"),
                MilestoneMode.named(row.getString("mode")).orElseThrow(),
                new Currency(row.getString("currency")),
                new Milestone(new MilestoneId(row.getString("milestone_id")), row.getLong("threshold"), prize),
                new ScopeKey(row.getString("scope_key")),
                row.getLong("wallet_number"),
                award == null ? null : new AwardId(award),
                new SetAside(
                        new RewardId(row.getString("reward_id")),
                        prize,
                        row.getString("prize_name"),
                        row.getString("prize_image"),
                        PrizeType.named(row.getString("prize_type")).orElseThrow(),
                        row.getLong("prize_value"),
                        row.getString("code"),
                        row.getBoolean("is_unit_taken")),
                key == null ? null : new IdempotencyClaim(key, row.getString("request_hash")),
                row.getString("traceparent"),
                instant(row, "requested_at"),
                state(row));
    }

    private static RedemptionState state(ResultSet row) throws SQLException {
        String status = row.getString("status");
        return switch (status) {
            case "pending" -> new RedemptionState.Pending();
            case "granted" ->
                new RedemptionState.Granted(
                        instant(row, "ended_at"), number(row, "balance_after"), number(row, "credit_number"));
            case "refused" ->
                new RedemptionState.Refused(
                        instant(row, "ended_at"), row.getString("refusal"), row.getString("detail"));
            default -> throw new IllegalStateException("a redemption is kept as '%s'".formatted(status));
        };
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return UtcTimes.instant(row.getObject(column, LocalDateTime.class));
    }
}
