package io.fanfare.store.play;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;

/**
 * Counts what came of campaigns, exactly: one statement, so that all of it is of one moment. Plays and players come from the counters
 * that limit players, of which a campaign has one for each of its players; wins from the first rewards of those players' plays, and
 * only where a game was of another campaign, too, from the plays themselves. A play writes nothing for it that it would not write
 * anyway.
 */
public final class CampaignTallies {

    private final Database database;

    public CampaignTallies(Database database) {
        this.database = database;
    }

    /** All zero where nobody has played. */
    public CampaignTally of(TenantId tenant, CampaignId campaign) {
        return database.jdbc()
                .sql("""
                        select played.plays, played.players, won.plays as wins
                        from (
                            select coalesce(sum(plays), 0) as plays, count(*) as players
                            from play_counter
                            where tenant_id = :tenant and game_id = :subject and plays > 0
                        ) played
                        cross join (
                            select count(*) as plays
                            from play_counter player
                            join reward on reward.tenant_id = player.tenant_id and reward.player_id = player.player_id
                                and reward.ordinal = 0 and reward.play_id is not null
                            join (
                                select game_id, max(case when campaign_id = :campaign then 0 else 1 end) as was_elsewhere
                                from game_revision
                                where tenant_id = :tenant
                                group by game_id
                                having min(case when campaign_id = :campaign then 0 else 1 end) = 0
                            ) game on game.game_id = reward.game_id
                            where player.tenant_id = :tenant and player.game_id = :subject
                                and (game.was_elsewhere = 0 or :campaign = (
                                    select revision.campaign_id from play
                                    join game_revision revision on revision.tenant_id = play.tenant_id
                                        and revision.game_id = play.game_id and revision.revision = play.game_revision
                                    where play.tenant_id = reward.tenant_id and play.play_id = reward.play_id))
                        ) won
                        """)
                .param("tenant", tenant.value())
                .param("subject", CounterKey.subject(campaign))
                .param("campaign", campaign.value())
                .query((row, _) -> new CampaignTally(row.getLong("plays"), row.getLong("wins"), row.getLong("players")))
                .single();
    }
}
