package io.fanfare.streams.leaderboard;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Page.Pagination;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.leaderboard.Leaderboard;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.ranked.OrderKey;
import io.fanfare.streams.leaderboard.Ranks.Line;
import io.fanfare.streams.leaderboard.Ranks.Part;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rankings, for the other services of the platform. */
@RestController
final class LeaderboardQueries {

    private static final int MAX_OFFSET = 5_000;
    private static final int MAX_RADIUS = 50;

    private final LocalSlices here;
    private final AllSlices slices;
    private final Clock clock;

    LeaderboardQueries(LocalSlices here, AllSlices slices, Clock clock) {
        this.here = here;
        this.slices = slices;
        this.clock = clock;
    }

    record Rankings(List<RankedEntry> items, long total, Pagination pagination, String windowKey) {}

    /** @param reachedAt in seconds since 1970 */
    record RankedEntry(long rank, String playerId, long score, long reachedAt) {

        static RankedEntry of(Line line) {
            OrderKey key = line.key();
            long reachedAt = Instant.ofEpochMilli(key.reachedAt()).getEpochSecond();
            return new RankedEntry(line.rank(), key.player(), key.score(), reachedAt);
        }
    }

    /** @param entries the player's neighbours, best first, and the player among them */
    record RankOfPlayer(long rank, long score, long total, List<Neighbour> entries, String windowKey) {}

    record Neighbour(long rank, String playerId, long score) {

        static Neighbour of(Line line) {
            return new Neighbour(line.rank(), line.key().player(), line.key().score());
        }
    }

    /** The ranking from the top, from behind a cursor, or behind the best {@code offset}. */
    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping("/state/v1/leaderboards/{board}/rankings")
    Envelope<Rankings> rankings(
            Caller caller,
            @PathVariable("board") LeaderboardId board,
            @RequestParam(name = "offset", required = false) @Nullable Integer offset,
            Paging paging,
            HttpServletRequest request) {
        @Nullable OrderKey after = paging.after(LeaderboardQueries::place);
        if (offset != null && after != null) {
            throw Refused.invalid("offset", "cannot be combined with a cursor, which says where to go on");
        }
        if (offset != null && (offset < 0 || offset > MAX_OFFSET)) {
            throw Refused.invalid(
                    "offset", "is %d, expected 0 to %d; cursors go on without bound".formatted(offset, MAX_OFFSET));
        }
        Ranks ranks = ranks(caller, board, request);
        Part part =
                offset == null ? ranks.behind(after, paging.limitPlusOne()) : ranks.from(offset, paging.limitPlusOne());
        Page<RankedEntry> page =
                Page.of(part.lines(), paging, line -> place(line.key())).map(RankedEntry::of);
        return Envelope.ok(new Rankings(page.items(), part.total(), page.pagination(), BoardKey.ALL_TIME));
    }

    /** The rank of a player, with neighbours on both sides. */
    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping("/state/v1/leaderboards/{board}/players/{player}")
    Envelope<RankOfPlayer> rankOf(
            Caller caller,
            @PathVariable("board") LeaderboardId board,
            @PathVariable("player") PlayerId player,
            @RequestParam(name = "radius", defaultValue = "3") int radius,
            HttpServletRequest request) {
        if (radius < 0 || radius > MAX_RADIUS) {
            throw Refused.invalid("radius", "is %d, expected 0 to %d".formatted(radius, MAX_RADIUS));
        }
        var found = ranks(caller, board, request)
                .around(player, radius)
                .orElseThrow(() -> Refused.notFound("entry of this leaderboard", player));
        List<Neighbour> entries = found.lines().stream().map(Neighbour::of).toList();
        Line line = found.player();
        return Envelope.ok(
                new RankOfPlayer(line.rank(), line.key().score(), found.total(), entries, BoardKey.ALL_TIME));
    }

    private Ranks ranks(Caller caller, LeaderboardId id, HttpServletRequest request) {
        BoardDefinitions definitions = here.definitions().orElseThrow(() -> AllSlices.unavailable("are being loaded"));
        var key = new BoardKey(caller.tenant(), id);
        Leaderboard board = definitions
                .find(key)
                .flatMap(history -> history.shownAt(clock.instant()))
                .orElseThrow(() -> Refused.notFound("leaderboard", id));
        return new Ranks(slices.askedBy(request), key, board.tieRule());
    }

    private static String place(OrderKey key) {
        return "%d/%d/%s".formatted(key.score(), key.reachedAt(), key.player());
    }

    private static OrderKey place(String position) {
        String[] parts = position.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("position is '%s', expected three parts".formatted(position));
        }
        return new OrderKey(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }
}
