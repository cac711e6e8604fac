package io.fanfare.store.prize;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption.Mode;
import io.fanfare.store.Database;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rewards of a tenant, for those who hand them out and those who look into what became of them. */
public final class RewardCases {

    private static final String SELECT = """
            select r.*, p.redemption_mode
            from reward r
            left join prize p on p.tenant_id = r.tenant_id and p.prize_id = r.prize_id
            """;

    private final Database database;

    public RewardCases(Database database) {
        this.database = database;
    }

    /** From which end a list begins; rewards are ordered by when they were won. */
    public enum Order {
        NEWEST("desc", "<"),
        OLDEST("asc", ">");

        private final String direction;
        private final String behind;

        Order(String direction, String behind) {
            this.direction = direction;
            this.behind = behind;
        }
    }

    /**
     * Which of them are asked for; null = whatever it is.
     *
     * @param statuses one of these; empty = any
     * @param mode how the prize is redeemed, as it is configured now
     * @param game that it was won in
     * @param campaign which that game is of now, deleted or not
     */
    public record Wanted(
            Set<RewardStatus> statuses,
            @Nullable Mode mode,
            @Nullable PrizeId prize,
            @Nullable GameId game,
            @Nullable CampaignId campaign,
            @Nullable PlayerId player) {

        public Wanted {
            statuses = Set.copyOf(statuses);
        }
    }

    private record Found(RewardRecord reward, @Nullable Mode mode) {}

    private record StepOf(RewardId reward, TakenStep step) {}

    public Optional<RewardCase> find(TenantId tenant, RewardId id) {
        return database.jdbc()
                .sql(SELECT + "where r.tenant_id = :tenant and r.reward_id = :reward")
                .param("tenant", tenant.value())
                .param("reward", id.value())
                .query(RewardCases::read)
                .optional()
                .map(found -> new RewardCase(
                        found.reward(), found.mode(), steps(tenant, List.of(id)).getOrDefault(id, List.of())));
    }

    /** @param behind continue behind this reward; null = from the end that the order names */
    public Page<RewardCase> list(TenantId tenant, Wanted wanted, Order order, @Nullable RewardId behind, int limit) {
        Page<Found> page = Page.of(limit, atMost -> read(tenant, wanted, order, behind, atMost));
        Map<RewardId, List<TakenStep>> steps = steps(
                tenant, page.items().stream().map(found -> found.reward().id()).toList());
        return new Page<>(
                page.items().stream()
                        .map(found -> new RewardCase(
                                found.reward(),
                                found.mode(),
                                steps.getOrDefault(found.reward().id(), List.of())))
                        .toList(),
                page.hasMore());
    }

    private List<Found> read(TenantId tenant, Wanted wanted, Order order, @Nullable RewardId behind, int atMost) {
        var conditions = new StringBuilder("where r.tenant_id = :tenant");
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", tenant.value());
        if (!wanted.statuses().isEmpty()) {
            conditions.append(" and r.status in (:statuses)");
            values.put(
                    "statuses",
                    wanted.statuses().stream().map(RewardStatus::wireName).toList());
        }
        if (wanted.mode() != null) {
            conditions.append("""
                     and r.prize_id in (
                        select m.prize_id from prize m where m.tenant_id = :tenant and m.redemption_mode = :mode)
                    """);
            values.put("mode", wanted.mode().wireName());
        }
        if (wanted.prize() != null) {
            conditions.append(" and r.prize_id = :prize");
            values.put("prize", wanted.prize().value());
        }
        if (wanted.game() != null) {
            conditions.append(" and r.game_id = :game");
            values.put("game", wanted.game().value());
        }
        if (wanted.campaign() != null) {
            conditions.append("""
                     and r.game_id in (
                        select g.game_id from game g
                        join game_revision v on v.tenant_id = g.tenant_id and v.game_id = g.game_id
                            and v.revision = g.revision
                        where g.tenant_id = :tenant and v.campaign_id = :campaign)
                    """);
            values.put("campaign", wanted.campaign().value());
        }
        if (wanted.player() != null) {
            conditions.append(" and r.player_id = :player");
            values.put("player", wanted.player().value());
        }
        if (behind != null) {
            conditions.append(" and r.reward_id %s :behind".formatted(order.behind));
            values.put("behind", behind.value());
        }
        return database.jdbc()
                .sql(SELECT + "%s order by r.reward_id %s limit :limit".formatted(conditions, order.direction))
                .params(values)
                .param("limit", atMost)
                .query(RewardCases::read)
                .list();
    }

    /** Of each reward that steps were taken with; a reward's life has no loops, so there are few. */
    private Map<RewardId, List<TakenStep>> steps(TenantId tenant, List<RewardId> rewards) {
        if (rewards.isEmpty()) {
            return Map.of();
        }
        return database
                .jdbc()
                .sql("""
                        select * from reward_step
                        where tenant_id = :tenant and reward_id in (:rewards)
                        order by reward_id, step_no
                        """)
                .param("tenant", tenant.value())
                .param("rewards", rewards.stream().map(RewardId::value).toList())
                .query((row, _) -> new StepOf(new RewardId(row.getString("reward_id")), readStep(row)))
                .list()
                .stream()
                .collect(groupingBy(StepOf::reward, mapping(StepOf::step, toList())));
    }

    private static Found read(ResultSet row, int number) throws SQLException {
        String mode = row.getString("redemption_mode");
        return new Found(
                RewardTables.read(row, number),
                mode == null ? null : Mode.named(mode).orElseThrow());
    }

    private static TakenStep readStep(ResultSet row) throws SQLException {
        return new TakenStep(
                row.getInt("step_no"),
                row.getString("step"),
                row.getString("actor"),
                row.getString("reason"),
                row.getString("traceparent"),
                UtcTimes.instant(row.getObject("occurred_at", LocalDateTime.class)));
    }
}
