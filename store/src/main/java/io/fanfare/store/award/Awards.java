package io.fanfare.store.award;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.store.Database;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * The table of awards. Its rows are the first that a transaction locks which grants something once; whoever changes one holds it.
 */
public final class Awards {

    private final Database database;

    public Awards(Database database) {
        this.database = database;
    }

    /** Locks an award, where somebody has made it. */
    public Optional<AwardRecord> lock(AwardKey key) {
        return database.jdbc()
                .sql("""
                        select * from award
                        where tenant_id = :tenant and cause = :cause and cause_key = :key and player_id = :player
                        for update
                        """)
                .param("tenant", key.tenant().value())
                .param("cause", key.cause().word())
                .param("key", key.key())
                .param("player", key.player().value())
                .query(Awards::read)
                .optional();
    }

    /** Locks an award, where it is still there. */
    public Optional<AwardRecord> lock(TenantId tenant, AwardId id) {
        return database.jdbc()
                .sql("select * from award where tenant_id = :tenant and award_id = :award for update")
                .param("tenant", tenant.value())
                .param("award", id.value())
                .query(Awards::read)
                .optional();
    }

    /**
     * Makes an award.
     *
     * @throws ConcurrencyFailureException where somebody else just made it: the transaction must begin again
     */
    public void insert(AwardRecord award) {
        try {
            database.jdbc()
                    .sql("""
                            insert into award (tenant_id, award_id, cause, cause_key, player_id, game_id, prize_id, status, why,
                                redemption_id, reward_id, created_at, updated_at)
                            values (:tenant, :award, :cause, :key, :player, :game, :prize, :status, :why,
                                :redemption, :reward, :created_at, :updated_at)
                            """)
                    .param("tenant", award.key().tenant().value())
                    .param("award", award.id().value())
                    .param("cause", award.key().cause().word())
                    .param("key", award.key().key())
                    .param("player", award.key().player().value())
                    .param("game", award.game().value())
                    .param("prize", award.prize().value())
                    .param("status", award.state().word())
                    .param("why", why(award.state()))
                    .param("redemption", redemption(award.state()))
                    .param("reward", reward(award.state()))
                    .param("created_at", UtcTimes.column(award.createdAt()))
                    .param("updated_at", UtcTimes.column(award.updatedAt()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConcurrencyFailureException("somebody else just made the award " + award.key(), e);
        }
    }

    /** Takes over the state of an award that is locked, and its prize. */
    public void update(AwardRecord award) {
        database.jdbc()
                .sql("""
                        update award
                        set prize_id = :prize, status = :status, why = :why, redemption_id = :redemption, reward_id = :reward, updated_at = :updated_at
                        where tenant_id = :tenant and award_id = :award
                        """)
                .param("prize", award.prize().value())
                .param("status", award.state().word())
                .param("why", why(award.state()))
                .param("redemption", redemption(award.state()))
                .param("reward", reward(award.state()))
                .param("updated_at", UtcTimes.column(award.updatedAt()))
                .param("tenant", award.key().tenant().value())
                .param("award", award.id().value())
                .update();
    }

    /** Forgets an award that is locked and came to nothing. */
    public void delete(AwardRecord award) {
        database.jdbc()
                .sql("delete from award where tenant_id = :tenant and award_id = :award")
                .param("tenant", award.key().tenant().value())
                .param("award", award.id().value())
                .update();
    }

    /** How far a player is with each of the given things of a kind, by key; absent where there is nothing. */
    public Map<String, AwardState> states(TenantId tenant, AwardKey.Cause cause, PlayerId player, List<String> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return database
                .jdbc()
                .sql("""
                        select * from award
                        where tenant_id = :tenant and cause = :cause and player_id = :player and cause_key in (:keys)
                        """)
                .param("tenant", tenant.value())
                .param("cause", cause.word())
                .param("player", player.value())
                .param("keys", keys)
                .query(Awards::read)
                .list()
                .stream()
                .collect(toMap(award -> award.key().key(), AwardRecord::state));
    }

    /**
     * What was earned and could not be awarded, newest first.
     *
     * @param before continue behind this one; null = from the newest
     */
    public Page<AwardRecord> unawarded(TenantId tenant, @Nullable AwardId before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql("""
                        select * from award
                        where tenant_id = :tenant and status = 'unawarded'
                            and (cast(:before as char) is null or award_id < :before)
                        order by award_id desc
                        limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("before", before == null ? null : before.value())
                        .param("limit", atMost)
                        .query(Awards::read)
                        .list());
    }

    private static @Nullable String why(AwardState state) {
        Unavailability why = switch (state) {
            case AwardState.Reserved reserved -> reserved.before();
            case AwardState.Awarded _ -> null;
            case AwardState.Unawarded unawarded -> unawarded.why();
        };
        return why == null ? null : why.wireName();
    }

    private static @Nullable String redemption(AwardState state) {
        return state instanceof AwardState.Reserved reserved ? reserved.by().value() : null;
    }

    private static @Nullable String reward(AwardState state) {
        return state instanceof AwardState.Awarded(RewardId reward) ? reward.value() : null;
    }

    private static AwardRecord read(ResultSet row, int number) throws SQLException {
        return new AwardRecord(
                new AwardId(row.getString("award_id")),
                new AwardKey(
                        new TenantId(row.getString("tenant_id")),
                        cause(row.getString("cause")),
                        row.getString("cause_key"),
                        new PlayerId(row.getString("player_id"))),
                new GameId(row.getString("game_id")),
                new PrizeId(row.getString("prize_id")),
                state(row),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("updated_at", LocalDateTime.class)));
    }

    private static AwardKey.Cause cause(String word) {
        for (AwardKey.Cause cause : AwardKey.Cause.values()) {
            if (cause.word().equals(word)) {
                return cause;
            }
        }
        throw new IllegalStateException("an award is kept for a '%s'".formatted(word));
    }

    private static @Nullable Unavailability readWhy(ResultSet row) throws SQLException {
        String why = row.getString("why");
        return why == null ? null : Unavailability.named(why).orElseThrow();
    }

    private static AwardState state(ResultSet row) throws SQLException {
        String status = row.getString("status");
        return switch (status) {
            case "reserved" -> new AwardState.Reserved(new RedemptionId(row.getString("redemption_id")), readWhy(row));
            case "awarded" -> new AwardState.Awarded(new RewardId(row.getString("reward_id")));
            case "unawarded" -> new AwardState.Unawarded(requireNonNull(readWhy(row), "why"));
            default -> throw new IllegalStateException("an award is kept as '%s'".formatted(status));
        };
    }
}
