package io.fanfare.store.prize;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.store.Database;
import java.util.List;

/** Who needs a prize to be there: what offers it, and what was promised of it. */
final class PrizeUses {

    private final Database database;

    PrizeUses(Database database) {
        this.database = database;
    }

    /**
     * Ids of the games and leaderboards that name it in what they award now, of the redemptions that have set a unit aside, and of the
     * awards that somebody has earned and not got. The id of a prize is looked for in the text of a configuration, in its quotes:
     * configurations of different shapes name prizes in different places.
     */
    List<String> of(TenantId tenant, PrizeId prize, int atMost) {
        return database.jdbc()
                .sql("""
                        select used_by from (
                            select g.game_id as used_by
                            from game g
                            join game_revision r
                                on r.tenant_id = g.tenant_id and r.game_id = g.game_id and r.revision = g.revision
                            left join game_milestones m
                                on m.tenant_id = r.tenant_id and m.game_id = r.game_id and m.revision = r.revision
                            where g.tenant_id = :tenant and g.deleted_at is null
                                and (position(:quoted in r.handler_config) > 0 or position(:quoted in m.milestones) > 0)
                            union all
                            select l.leaderboard_id
                            from leaderboard l
                            join leaderboard_revision b
                                on b.tenant_id = l.tenant_id and b.leaderboard_id = l.leaderboard_id and b.revision = l.revision
                            where l.tenant_id = :tenant and b.status <> 'deleted' and position(:quoted in b.settings) > 0
                            union all
                            select redemption_id from redemption
                            where tenant_id = :tenant and prize_id = :prize and status = 'pending'
                            union all
                            select award_id from award
                            where tenant_id = :tenant and prize_id = :prize and status = 'unawarded'
                        ) uses
                        order by used_by
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("prize", prize.value())
                .param("quoted", "\"" + prize.value() + "\"")
                .param("limit", atMost)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
