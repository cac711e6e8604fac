package io.fanfare.store.campaign;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import java.util.List;
import java.util.Optional;

/** Campaigns as anybody may look them up. What is shown of them is up to the edge. */
@AcrossTenants("a public page knows its campaign's id and nothing else; an id belongs to one tenant only")
public final class PublicCampaigns {

    private final Database database;

    public PublicCampaigns(Database database) {
        this.database = database;
    }

    /** The current revision, whosever it is. */
    public Optional<CampaignRecord> find(CampaignId id) {
        return database.jdbc()
                .sql(CampaignRows.SELECT_CURRENT + "where c.campaign_id = :campaign and c.deleted_at is null")
                .param("campaign", id.value())
                .query(CampaignRows::read)
                .optional();
    }

    /** The games that it shows, in its order, without those that were deleted. */
    public List<GameId> shownGames(CampaignRecord campaign) {
        List<GameId> named = campaign.definition().games();
        if (named.isEmpty()) {
            return named;
        }
        List<String> there = database.jdbc()
                .sql(
                        "select game_id from game where tenant_id = :tenant and game_id in (:games) and deleted_at is null")
                .param("tenant", campaign.tenant().value())
                .param("games", named.stream().map(GameId::value).toList())
                .query((row, _) -> row.getString(1))
                .list();
        return named.stream().filter(game -> there.contains(game.value())).toList();
    }

    /** Whether it is still what it was when it was found, and showed these games: the cheapest of questions. */
    public boolean isCurrent(CampaignRecord campaign, List<GameId> shown) {
        String gamesLeft = shown.isEmpty() ? "0" : """
                (select count(*) from game g
                    where g.tenant_id = c.tenant_id and g.game_id in (:games) and g.deleted_at is null)
                """;
        return database.jdbc()
                .sql("""
                        select c.revision, %s as games_left
                        from campaign c
                        where c.tenant_id = :tenant and c.campaign_id = :campaign and c.deleted_at is null
                        """.formatted(gamesLeft))
                .param("tenant", campaign.tenant().value())
                .param("campaign", campaign.id().value())
                .param("games", shown.stream().map(GameId::value).toList())
                .query((row, _) ->
                        row.getLong("revision") == campaign.revision() && row.getInt("games_left") == shown.size())
                .optional()
                .orElse(false);
    }
}
