package io.fanfare.play.game;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.play.Documents;
import io.fanfare.play.game.GameView.RulesView;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.game.PlayableGame;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a screen needs to show a game. */
@Tag(name = "play")
@RestController
final class RenderRoute {

    private final PlayableGames games;
    private final Documents documents;

    RenderRoute(PlayableGames games, Documents documents) {
        this.games = games;
        this.documents = documents;
    }

    /**
     * Public facts of a game. Never odds, stock or the handler's configuration.
     *
     * @param rules of the game; {@code require_login} also where its campaign does not let guests play
     * @param ui as the operator wrote it
     */
    record Rendering(
            GameId gameId,
            @Nullable CampaignId campaignId,
            String name,
            String type,
            String status,
            RulesView rules,
            Document ui) {}

    @Allows(
            value = {Role.PLAYER, Role.ADMIN, Role.DESIGNER, Role.REWARD_MANAGER, Role.SUPPORT},
            guests = true)
    @GetMapping("/api/v1/games/{id}/render")
    Envelope<Rendering> render(Caller caller, @PathVariable("id") GameId id) {
        PlayableGame playable = games.requirePlayable(caller.tenant(), id);
        GameDefinition definition = playable.game().definition();
        boolean requiresLogin =
                definition.rules().requireLogin() || playable.terms().requireAuth();
        return Envelope.ok(new Rendering(
                id,
                definition.campaign(),
                definition.name(),
                definition.type(),
                definition.status().wireName(),
                RulesView.of(definition.rules(), requiresLogin),
                documents.document(definition.ui())));
    }
}
