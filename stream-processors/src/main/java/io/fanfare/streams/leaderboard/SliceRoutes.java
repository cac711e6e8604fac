package io.fanfare.streams.leaderboard;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.ranked.OrderKey;
import io.fanfare.ranked.Placement;
import io.fanfare.ranked.RankedQuery;
import io.fanfare.ranked.Surroundings;
import io.fanfare.streams.leaderboard.SliceQuestion.Around;
import io.fanfare.streams.leaderboard.SliceQuestion.WhereIs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What this instance says about its own slices, to the other instances. It never asks anybody else, so no question can go
 * in circles, and an answer alone is no rank.
 */
@RestController
final class SliceRoutes {

    private final LocalSlices here;

    SliceRoutes(LocalSlices here) {
        this.here = here;
    }

    /** What is around a key; without a key, the top. */
    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping("/state/v1/leaderboards/{board}/slice/surroundings")
    Envelope<SliceAnswer<Surroundings>> surroundings(
            Caller caller,
            @PathVariable("board") LeaderboardId board,
            @RequestParam(name = "score", required = false) @Nullable Long score,
            @RequestParam(name = "reached_at", defaultValue = "0") long reachedAt,
            @RequestParam(name = "player", defaultValue = "") String player,
            @RequestParam(name = "max_before") int maxBefore,
            @RequestParam(name = "max_after") int maxAfter) {
        requireLimit("max_before", maxBefore);
        requireLimit("max_after", maxAfter);
        @Nullable OrderKey at = score == null ? null : new OrderKey(score, reachedAt, player);
        return Envelope.ok(here.ask(new Around(new BoardKey(caller.tenant(), board), at, maxBefore, maxAfter)));
    }

    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping("/state/v1/leaderboards/{board}/slice/placements/{player}")
    Envelope<SliceAnswer<Optional<Placement>>> placement(
            Caller caller, @PathVariable("board") LeaderboardId board, @PathVariable("player") PlayerId player) {
        return Envelope.ok(here.ask(new WhereIs(new BoardKey(caller.tenant(), board), player)));
    }

    private static void requireLimit(String field, int limit) {
        if (limit < 0 || limit > RankedQuery.MAX_LIMIT) {
            throw Refused.invalid(field, "is %d, expected 0 to %d".formatted(limit, RankedQuery.MAX_LIMIT));
        }
    }
}
