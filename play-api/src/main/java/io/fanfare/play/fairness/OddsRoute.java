package io.fanfare.play.fairness;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.play.Documents;
import io.fanfare.play.game.PlayableGames;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The chances of games that publish them. */
@Tag(name = "fairness")
@RestController
final class OddsRoute {

    private final PlayableGames games;
    private final Documents documents;

    OddsRoute(PlayableGames games, Documents documents) {
        this.games = games;
        this.documents = documents;
    }

    /**
     * A game's table of odds.
     *
     * @param odds the configuration behind the chances
     * @param canonical the same as the one text that hash and commitments are of
     * @param sha256 SHA-256 of that text, in hexadecimal digits
     */
    record PublishedOdds(GameId gameId, long revision, Document odds, String canonical, String sha256) {}

    /**
     * Of a game that sets {@code publish_odds}; of any other, and of one that would give away answers or winning moments, there is
     * none to be had.
     *
     * @param revision of the game; left out: the one that is played now
     */
    @Allows(
            value = {Role.PLAYER, Role.ADMIN, Role.DESIGNER, Role.REWARD_MANAGER, Role.SUPPORT},
            guests = true)
    @GetMapping("/api/v1/games/{id}/odds")
    Envelope<PublishedOdds> odds(
            Caller caller,
            @PathVariable("id") GameId id,
            @RequestParam(name = "revision", required = false) @Nullable Long revision) {
        Game game =
                revision == null ? games.require(caller.tenant(), id) : games.require(caller.tenant(), id, revision);
        return game.shape()
                .publishedOdds()
                .map(canonical -> Envelope.ok(new PublishedOdds(
                        id, game.revision(), documents.document(canonical), canonical, Hashes.sha256(canonical))))
                .orElseThrow(() -> Refused.notFound("published table of odds", id));
    }
}
