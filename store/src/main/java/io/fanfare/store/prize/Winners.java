package io.fanfare.store.prize;

import static java.util.stream.Collectors.joining;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.store.Database;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was won in a campaign a moment ago. Credits are not told, nor is what is nothing but the winning, nor what was revoked since.
 * However many rewards there are, at most the newest {@value #LOOKED_AT} of each type in each game are looked at.
 */
public final class Winners {

    /** The most rewards that are told. */
    public static final int MOST_WINNERS = 100;

    private static final int LOOKED_AT = 2 * MOST_WINNERS;

    /** In a campaign with more games it is told what was won in the newest. */
    private static final int MOST_GAMES = 50;

    private static final List<PrizeType> TOLD = List.of(PrizeType.VOUCHER, PrizeType.PHYSICAL);

    /** Of one game: the types stand in the text, for an index that has no other rewards. */
    private static final String NEWEST_OF_GAME = TOLD.stream()
            .map(type -> """
                    (select * from (
                        select * from reward
                        where tenant_id = ? and game_id = ? and type = '%s'
                        order by reward_id desc
                        limit %d
                    ) newest
                    where status <> 'revoked' and created_at >= ?
                    order by reward_id desc
                    limit %d)
                    """.formatted(type.wireName(), LOOKED_AT, MOST_WINNERS))
            .collect(joining("union all\n"));

    private final Database database;

    /** @param joinedAt since when it is a game of the campaign */
    private record PlayedGame(String id, LocalDateTime joinedAt) {}

    public Winners(Database database) {
        this.database = database;
    }

    /**
     * Newest first, at most {@link #MOST_WINNERS}: of games that are neither drafts nor deleted, what was won since each became one of the
     * campaign.
     */
    public List<RewardRecord> newest(TenantId tenant, CampaignId campaign) {
        List<PlayedGame> games = games(tenant, campaign);
        return games.isEmpty()
                ? List.of()
                : database.jdbc()
                        .sql("""
                                select * from (
                                %s) told
                                order by reward_id desc
                                limit %d
                                """.formatted(
                                        String.join("union all\n", Collections.nCopies(games.size(), NEWEST_OF_GAME)),
                                        MOST_WINNERS))
                        .params(games.stream()
                                .flatMap(game -> TOLD.stream()
                                        .flatMap(_ -> Stream.of(tenant.value(), game.id(), game.joinedAt())))
                                .toList())
                        .query(RewardTables::read)
                        .list();
    }

    private List<PlayedGame> games(TenantId tenant, CampaignId campaign) {
        return database.jdbc()
                .sql("""
                        select g.game_id, min(r.created_at) as joined_at
                        from game g
                        join game_revision latest on latest.tenant_id = g.tenant_id and latest.game_id = g.game_id
                            and latest.revision = g.revision
                        join game_revision r on r.tenant_id = g.tenant_id and r.game_id = g.game_id
                            and r.campaign_id = latest.campaign_id
                        where g.tenant_id = :tenant and g.deleted_at is null
                            and latest.campaign_id = :campaign and latest.status <> 'draft'
                            and not exists (
                                select 1 from game_revision later
                                where later.tenant_id = r.tenant_id and later.game_id = r.game_id
                                    and later.revision > r.revision
                                    and (later.campaign_id is null or later.campaign_id <> r.campaign_id))
                        group by g.game_id
                        order by g.game_id desc
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("campaign", campaign.value())
                .param("limit", MOST_GAMES)
                .query((row, _) ->
                        new PlayedGame(row.getString("game_id"), row.getObject("joined_at", LocalDateTime.class)))
                .list();
    }
}
