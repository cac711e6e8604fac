package io.fanfare.store.play;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The turns that players have for the games of a campaign. A play takes its turn in its own transaction. */
public final class Turns {

    public static final int MAX_CAUSE = 255;
    public static final int MAX_REASON = 500;

    private final Database database;
    private final Clock clock;

    public Turns(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Turns given or taken.
     *
     * @param delta below zero to take away; no more is taken than is there
     * @param cause what they are for, at most {@value #MAX_CAUSE} characters: the same cause of a player in a campaign moves turns
     *     once, however often it is told
     * @param reason for people, at most {@value #MAX_REASON} characters
     */
    public record Grant(
            TenantId tenant, CampaignId campaign, PlayerId player, long delta, String cause, String reason) {
        public Grant {
            if (cause.isEmpty() || cause.length() > MAX_CAUSE) {
                throw new IllegalArgumentException(
                        "the cause has %d characters, expected 1 to %d".formatted(cause.length(), MAX_CAUSE));
            }
            if (reason.isBlank() || reason.length() > MAX_REASON) {
                throw new IllegalArgumentException(
                        "the reason has %d characters, expected 1 to %d".formatted(reason.length(), MAX_REASON));
            }
        }
    }

    /** What comes of a grant. */
    public sealed interface TurnChange {

        /** @return what the player has now */
        long balance();

        /** @param applied what was given, or below zero taken: less than asked where there was less */
        record Moved(long balance, long applied) implements TurnChange {}

        /** The cause was told before; nothing changed. */
        record MovedBefore(long balance) implements TurnChange {}
    }

    /** @throws ArithmeticException where the balance would be more than a number can hold */
    public TurnChange grant(Grant grant) {
        return database.inTransactionOrAgain(() -> {
            long balance = lock(grant);
            if (isKnown(grant)) {
                return new TurnChange.MovedBefore(balance);
            }
            long after = Math.max(0, Math.addExact(balance, grant.delta()));
            update(grant, after);
            log(grant, after - balance);
            return new TurnChange.Moved(after, after - balance);
        });
    }

    /** 0 where the player was never given any. */
    public long balance(TenantId tenant, CampaignId campaign, PlayerId player) {
        return database.jdbc()
                .sql("""
                        select balance from turn_balance
                        where tenant_id = :tenant and campaign_id = :campaign and player_id = :player
                        """)
                .param("tenant", tenant.value())
                .param("campaign", campaign.value())
                .param("player", player.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The balance, whose row is there and locked from now on. */
    private long lock(Grant grant) {
        return switch (database.dialect()) {
            case POSTGRESQL -> with("""
                    insert into turn_balance as kept (tenant_id, campaign_id, player_id, balance)
                    values (:tenant, :campaign, :player, 0)
                    on conflict (tenant_id, campaign_id, player_id) do update set balance = kept.balance
                    returning balance
                    """, grant).query(Long.class).single();
            case MARIADB -> {
                with("""
                        insert into turn_balance (tenant_id, campaign_id, player_id, balance)
                        values (:tenant, :campaign, :player, 0)
                        on duplicate key update balance = balance
                        """, grant).update();
                yield balance(grant.tenant(), grant.campaign(), grant.player());
            }
        };
    }

    private StatementSpec with(String sql, Grant grant) {
        return database.jdbc()
                .sql(sql)
                .param("tenant", grant.tenant().value())
                .param("campaign", grant.campaign().value())
                .param("player", grant.player().value());
    }

    private boolean isKnown(Grant grant) {
        return database.jdbc()
                .sql("""
                        select exists (select 1 from turn_movement
                            where tenant_id = :tenant and campaign_id = :campaign and player_id = :player and cause = :cause)
                        """)
                .param("tenant", grant.tenant().value())
                .param("campaign", grant.campaign().value())
                .param("player", grant.player().value())
                .param("cause", grant.cause())
                .query(Boolean.class)
                .single();
    }

    private void update(Grant grant, long balance) {
        database.jdbc()
                .sql("""
                        update turn_balance set balance = :balance
                        where tenant_id = :tenant and campaign_id = :campaign and player_id = :player
                        """)
                .param("balance", balance)
                .param("tenant", grant.tenant().value())
                .param("campaign", grant.campaign().value())
                .param("player", grant.player().value())
                .update();
    }

    private void log(Grant grant, long applied) {
        database.jdbc()
                .sql("""
                        insert into turn_movement (tenant_id, campaign_id, player_id, cause, delta, reason, created_at)
                        values (:tenant, :campaign, :player, :cause, :delta, :reason, :now)
                        """)
                .param("tenant", grant.tenant().value())
                .param("campaign", grant.campaign().value())
                .param("player", grant.player().value())
                .param("cause", grant.cause())
                .param("delta", applied)
                .param("reason", grant.reason())
                .param("now", UtcTimes.column(clock.instant()))
                .update();
    }
}
