package io.fanfare.play.leaderboard;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Page.Pagination;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.play.state.StreamState;
import io.fanfare.store.leaderboard.Leaderboards;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where players stand: what the leaderboards app holds, shown to players. */
@Tag(name = "leaderboards")
@RestController
final class StandingRoutes {

    private static final String ALL_TIME = "all";
    private static final int MAX_LIMIT = 100;
    private static final int MAX_RADIUS = 50;

    private final Leaderboards leaderboards;
    private final StreamState state;

    StandingRoutes(Leaderboards leaderboards, StreamState state) {
        this.leaderboards = leaderboards;
        this.state = state;
    }

    /** @param displayName null where the player has given none */
    record Entry(long rank, PlayerId playerId, @Nullable String displayName, long score) {

        static Entry of(StateEntry entry) {
            return new Entry(entry.rank(), entry.playerId(), null, entry.score());
        }
    }

    record Rankings(List<Entry> items, Pagination pagination, long total, String windowKey) {}

    record AroundMe(List<Entry> entries, long rank, long score, long total, String windowKey) {}

    /**
     * @param nextTierFromRank last rank of the next better prize tier; null where there is none
     * @param ranksToNextTier how many ranks are missing to it
     */
    record MyRank(
            long rank,
            PlayerId playerId,
            @Nullable String displayName,
            long score,
            long total,
            String windowKey,
            @Nullable Long nextTierFromRank,
            @Nullable Long ranksToNextTier) {}

    // What the leaderboards app answers.

    record StateEntry(long rank, PlayerId playerId, long score) {}

    record StateRankings(List<StateEntry> items, long total, Pagination pagination) {}

    record StateStanding(long rank, long score, long total, List<StateEntry> entries) {}

    /** From the top; {@code offset} skips that many. */
    @Allows(
            value = {Role.PLAYER, Role.ADMIN, Role.DESIGNER, Role.REWARD_MANAGER, Role.SUPPORT},
            guests = true)
    @GetMapping("/api/v1/leaderboards/{id}/rankings")
    Envelope<Rankings> rankings(
            Caller caller,
            @PathVariable("id") LeaderboardId id,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @RequestParam(name = "limit", defaultValue = "20") int limit,
            @RequestParam(name = "offset", required = false) @Nullable Integer offset) {
        requireBetween("limit", limit, 1, MAX_LIMIT);
        if (offset != null) {
            requireBetween("offset", offset, 0, Integer.MAX_VALUE);
        }
        requireBoard(caller.tenant(), id);
        var query = new HashMap<String, @Nullable Object>();
        query.put("cursor", cursor);
        query.put("limit", limit);
        query.put("offset", offset);
        StateRankings found = state.ask(
                        caller.tenant(),
                        "/state/v1/leaderboards/{board}/rankings",
                        Map.of("board", id.value()),
                        query,
                        StateRankings.class)
                .orElseGet(() -> new StateRankings(List.of(), 0, new Pagination(null, false)));
        return Envelope.ok(new Rankings(
                found.items().stream().map(Entry::of).toList(), found.pagination(), found.total(), ALL_TIME));
    }

    /** The player and their neighbours. */
    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/leaderboards/{id}/around-me")
    Envelope<AroundMe> aroundMe(
            Caller caller,
            @PathVariable("id") LeaderboardId id,
            @RequestParam(name = "radius", defaultValue = "3") int radius) {
        requireBetween("radius", radius, 0, MAX_RADIUS);
        StateStanding standing = standing(caller, id, radius);
        return Envelope.ok(new AroundMe(
                standing.entries().stream().map(Entry::of).toList(),
                standing.rank(),
                standing.score(),
                standing.total(),
                ALL_TIME));
    }

    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/leaderboards/{id}/my-rank")
    Envelope<MyRank> myRank(Caller caller, @PathVariable("id") LeaderboardId id) {
        StateStanding standing = standing(caller, id, 0);
        return Envelope.ok(new MyRank(
                standing.rank(),
                caller.requirePlayer(),
                null,
                standing.score(),
                standing.total(),
                ALL_TIME,
                null,
                null));
    }

    private StateStanding standing(Caller caller, LeaderboardId id, int radius) {
        requireBoard(caller.tenant(), id);
        PlayerId player = caller.requirePlayer();
        return state.ask(
                        caller.tenant(),
                        "/state/v1/leaderboards/{board}/players/{player}",
                        Map.of("board", id.value(), "player", player.value()),
                        Map.of("radius", radius),
                        StateStanding.class)
                .orElseThrow(() -> new Refused(
                        Reason.RESOURCE_NOT_FOUND, "player '%s' is not on this leaderboard yet".formatted(player)));
    }

    private void requireBoard(TenantId tenant, LeaderboardId id) {
        if (leaderboards.find(tenant, id).isEmpty()) {
            throw Refused.notFound("leaderboard", id);
        }
    }

    private static void requireBetween(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw Refused.invalid(name, "is %d, expected %d to %d".formatted(value, min, max));
        }
    }
}
