package io.fanfare.play.game;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.game.GameId;
import io.fanfare.play.Deletions;
import io.fanfare.play.Documents;
import io.fanfare.store.Database;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators and their games. */
@Tag(name = "games")
@RestController
@RequestMapping("/api/v1/admin/games")
final class GameRoutes {

    private final Database database;
    private final Games games;
    private final PlayableGames playable;
    private final GameDesign design;
    private final Documents documents;

    GameRoutes(Database database, Games games, PlayableGames playable, GameDesign design, Documents documents) {
        this.database = database;
        this.games = games;
        this.playable = playable;
        this.design = design;
        this.documents = documents;
    }

    record DeletedGame(GameId gameId, long deletedAt) {}

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<GameView> create(Caller caller, @RequestBody GameBody body) {
        String traceparent = TraceContext.current().traceparent();
        GameRecord game = database.inTransactionOrAgain(
                () -> games.create(caller.tenant(), design.definition(caller, body), traceparent));
        playable.forget(caller.tenant(), game.id());
        return view(game);
    }

    /** Replaces the game by a new revision. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PutMapping("/{id}")
    Envelope<GameView> replace(Caller caller, @PathVariable("id") GameId id, @RequestBody GameBody body) {
        if (games.find(caller.tenant(), id).isEmpty()) {
            throw Refused.notFound("game", id);
        }
        String traceparent = TraceContext.current().traceparent();
        GameRecord replaced = database.inTransactionOrAgain(
                        () -> games.replace(caller.tenant(), id, design.replacement(caller, id, body), traceparent))
                .orElseThrow(() -> Refused.notFound("game", id));
        playable.forget(caller.tenant(), id);
        return view(replaced);
    }

    /** Ends a game that is not active, for good: what was played and won in it stays. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @DeleteMapping("/{id}")
    Envelope<DeletedGame> delete(Caller caller, @PathVariable("id") GameId id) {
        var deletion = games.delete(caller.tenant(), id, TraceContext.current().traceparent());
        playable.forget(caller.tenant(), id);
        return Envelope.ok(new DeletedGame(id, Deletions.deletedAt(deletion, "game", id)));
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping("/{id}")
    Envelope<GameView> one(Caller caller, @PathVariable("id") GameId id) {
        return games.find(caller.tenant(), id).map(this::view).orElseThrow(() -> Refused.notFound("game", id));
    }

    /** Newest first. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping
    Envelope<Page<GameView>> list(Caller caller, Paging paging) {
        var page = games.list(caller.tenant(), paging.after(GameId::new), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), game -> game.id().value())
                        .map(game -> GameView.of(game, documents)));
    }

    private Envelope<GameView> view(GameRecord game) {
        return Envelope.ok(GameView.of(game, documents));
    }
}
