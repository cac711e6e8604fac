package io.fanfare.store.duplication;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.campaign.CampaignDefinition;
import io.fanfare.store.campaign.CampaignRecord;
import io.fanfare.store.campaign.CampaignStatus;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.leaderboard.LeaderboardRecord;
import io.fanfare.store.leaderboard.Leaderboards;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Duplicates a campaign with its games and its leaderboards, all of it or nothing. The copy is a draft, so that none of its games can
 * be played before somebody has looked at it. Prizes are not copied: both award from the same stock.
 */
public final class CampaignDuplicating {

    /** A campaign with more games is duplicated by nobody at once. */
    public static final int MOST_GAMES = 200;
    /** Nor is one with more leaderboards. */
    public static final int MOST_LEADERBOARDS = 200;

    private static final String SUFFIX = " (copy)";
    private static final int MAX_NAME = 200;

    private final Database database;
    private final Campaigns campaigns;
    private final Games games;
    private final Leaderboards leaderboards;

    /** What came of it. */
    public sealed interface Duplication {

        record Duplicated(CampaignRecord campaign) implements Duplication {}

        record CampaignNotFound() implements Duplication {}

        /** It has more than {@link #MOST_GAMES}. */
        record TooManyGames() implements Duplication {}

        /** It has more than {@link #MOST_LEADERBOARDS}. */
        record TooManyLeaderboards() implements Duplication {}
    }

    public CampaignDuplicating(Database database, Campaigns campaigns, Games games, Leaderboards leaderboards) {
        this.database = database;
        this.campaigns = campaigns;
        this.games = games;
        this.leaderboards = leaderboards;
    }

    /** @param traceparent of the request; null where none */
    public Duplication duplicate(TenantId tenant, CampaignId id, @Nullable String traceparent) {
        return database.inTransaction(() -> {
            Optional<CampaignRecord> original = campaigns.find(tenant, id);
            if (original.isEmpty()) {
                return new Duplication.CampaignNotFound();
            }
            List<GameRecord> played = games.ofCampaign(tenant, id, MOST_GAMES + 1);
            if (played.size() > MOST_GAMES) {
                return new Duplication.TooManyGames();
            }
            List<LeaderboardRecord> ranked = leaderboards.ofCampaign(tenant, id, MOST_LEADERBOARDS + 1);
            if (ranked.size() > MOST_LEADERBOARDS) {
                return new Duplication.TooManyLeaderboards();
            }
            CampaignRecord copy = copied(original.get().definition(), tenant, held(tenant, id, played), traceparent);
            ranked.forEach(
                    board -> leaderboards.create(tenant, board.definition().over(copy.id()), traceparent));
            return new Duplication.Duplicated(copy);
        });
    }

    /** As they are now, until there are copies of them: what they award is not deleted meanwhile. */
    private List<GameRecord> held(TenantId tenant, CampaignId campaign, List<GameRecord> played) {
        return played.stream()
                .flatMap(game -> games.hold(tenant, game.id()).stream())
                .filter(game -> campaign.equals(game.definition().campaign()))
                .toList();
    }

    /** The copies must know their campaign, and the campaign its copies: it is written twice, as an operator would. */
    private CampaignRecord copied(
            CampaignDefinition original, TenantId tenant, List<GameRecord> played, @Nullable String traceparent) {
        CampaignRecord draft = campaigns.create(tenant, draftOf(original, original.games()), traceparent);
        if (played.isEmpty()) {
            return draft;
        }
        Map<GameId, GameId> copies = played.stream()
                .collect(toMap(
                        GameRecord::id,
                        game -> games.create(tenant, game.definition().in(draft.id()), traceparent)
                                .id()));
        List<GameId> shown = original.games().stream()
                .map(game -> copies.getOrDefault(game, game))
                .toList();
        return shown.equals(original.games())
                ? draft
                : campaigns
                        .replace(tenant, draft.id(), draftOf(original, shown), traceparent)
                        .orElseThrow();
    }

    private static CampaignDefinition draftOf(CampaignDefinition original, List<GameId> games) {
        String name = original.name();
        return new CampaignDefinition(
                original.merchant(),
                name.substring(0, Math.min(name.length(), MAX_NAME - SUFFIX.length())) + SUFFIX,
                CampaignStatus.DRAFT,
                original.start(),
                original.end(),
                original.channels(),
                games,
                original.quests(),
                original.settings(),
                original.budget(),
                original.schedule());
    }
}
