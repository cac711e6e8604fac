package io.fanfare.play.game;

import com.github.benmanes.caffeine.cache.Cache;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.GameShape;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.Shaping;
import io.fanfare.play.Documents;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.game.PlayableGame;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Games as the engine plays them. */
@Component
public final class PlayableGames {

    /** A campaign with more games shows the prizes of the oldest ones. */
    private static final int MOST_GAMES = 1000;

    private final Games games;
    private final Shapes shapes;
    private final Documents documents;
    private final Cache<GameKey, Game> known;
    private final Cache<CampaignKey, SortedSet<PrizeId>> offered;

    PlayableGames(Games games, Shapes shapes, Documents documents, DefinitionSettings settings) {
        this.games = games;
        this.shapes = shapes;
        this.documents = documents;
        this.known = settings.cache();
        this.offered = settings.cache();
    }

    private record GameKey(TenantId tenant, GameId game) {}

    private record CampaignKey(TenantId tenant, CampaignId campaign) {}

    /**
     * A tenant's game under the terms of its campaign, as they were configured at most {@link DefinitionSettings#maxAge()} ago;
     * refused as RESOURCE_NOT_FOUND where there is none.
     */
    public Game require(TenantId tenant, GameId id) {
        return known.get(new GameKey(tenant, id), _ -> {
            PlayableGame found = games.findPlayable(tenant, id).orElseThrow(() -> Refused.notFound("game", id));
            return shaped(found.game()).under(found.terms());
        });
    }

    /** A tenant's game in a certain revision. */
    public Game require(TenantId tenant, GameId id, long revision) {
        return shaped(games.find(tenant, id, revision).orElseThrow(() -> Refused.notFound("game", id)));
    }

    /** A tenant's game in a certain revision, under the terms of its campaign as they were configured at a time. */
    public Game require(TenantId tenant, GameId id, long revision, Instant at) {
        PlayableGame found = games.findPlayed(tenant, id, revision, at).orElseThrow(() -> Refused.notFound("game", id));
        return shaped(found.game()).under(found.terms());
    }

    /** The game was configured anew, here: from now on it counts in its new revision. */
    void forget(TenantId tenant, GameId id) {
        known.invalidate(new GameKey(tenant, id));
        offered.asMap().keySet().removeIf(campaign -> campaign.tenant().equals(tenant));
    }

    /** A campaign was configured anew, here: its games are played under its new terms from now on. */
    public void forgetGamesOf(TenantId tenant, CampaignId campaign) {
        known.asMap().values().removeIf(game -> game.tenant().equals(tenant) && campaign.equals(game.campaign()));
    }

    /** Refused as RESOURCE_NOT_FOUND where the tenant has never had such a game; one that was deleted was played. */
    public void requireOrDeleted(TenantId tenant, GameId id) {
        if (games.findOrDeleted(tenant, id).isEmpty()) {
            throw Refused.notFound("game", id);
        }
    }

    /** A tenant's game beside the terms of its campaign, as they are configured now. */
    PlayableGame requirePlayable(TenantId tenant, GameId id) {
        return games.findPlayable(tenant, id).orElseThrow(() -> Refused.notFound("game", id));
    }

    /**
     * What the active games of a campaign can award, and what is to be had for their milestones, as they were configured at most
     * {@link DefinitionSettings#maxAge()} ago.
     */
    public SortedSet<PrizeId> prizesOf(TenantId tenant, CampaignId campaign) {
        return offered.get(new CampaignKey(tenant, campaign), _ -> {
            var prizes = new TreeSet<PrizeId>();
            games.ofCampaign(tenant, campaign, MOST_GAMES).stream()
                    .filter(game -> game.definition().status() == GameStatus.ACTIVE)
                    .forEach(game -> {
                        prizes.addAll(shaped(game).shape().prizes());
                        Optional.ofNullable(game.definition().milestones()).stream()
                                .flatMap(milestones -> milestones.milestones().stream())
                                .map(Milestone::prize)
                                .forEach(prizes::add);
                    });
            return Collections.unmodifiableSortedSet(prizes);
        });
    }

    private Game shaped(GameRecord game) {
        var definition = game.definition();
        var handlerConfig = documents.document(definition.handlerConfig());
        var validatorConfig = documents.document(definition.validatorConfig());
        return switch (shapes.shape(definition.parts(), handlerConfig, validatorConfig)) {
            case Shaping.Shaped(GameShape shape) -> game.shapedAs(shape);
            case Shaping.UnknownPart(String field, String name, var _) ->
                throw new Refused(
                        Reason.HANDLER_NOT_FOUND,
                        "the game names a part that this server does not have",
                        Map.of("field", field, "name", name));
            case Shaping.ConfigurationRefused refused ->
                throw new IllegalStateException("game %s was kept with %s".formatted(game.id(), refused));
        };
    }
}
