package io.fanfare.streams.leaderboard;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.leaderboard.BoardPlay;
import io.fanfare.engine.leaderboard.Leaderboard;
import io.fanfare.engine.sequence.SeenNumbers;
import io.fanfare.ranked.Entry.State;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.leaderboard.Ranks.PlayerEntry;
import io.fanfare.streams.query.LocalState;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.query.StateQueries;
import io.fanfare.streams.runtime.RunningApp;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a play has brought its player on the boards that count it, for the service that took the play. */
@RestController
final class PlayedRankings {

    private static final int MAX_WAIT_MS = 5_000;
    /** A campaign with more boards shows where the play stands on the oldest ones. */
    private static final int MAX_BOARDS = 50;

    private final RunningApp app;
    private final StateQueries queries;
    private final StateNews news;
    private final LocalSlices here;
    private final AllSlices slices;
    private final Clock clock;

    PlayedRankings(
            @Qualifier("leaderboards") RunningApp app,
            StateQueries queries,
            StateNews news,
            LocalSlices here,
            AllSlices slices,
            Clock clock) {
        this.app = app;
        this.queries = queries;
        this.news = news;
        this.here = here;
        this.slices = slices;
        this.clock = clock;
    }

    /**
     * Where the player stands.
     *
     * @param rankings by board; none of them where they may be without the play, and none of a board on which the player has no entry
     */
    record Rankings(List<PlayerRanking> rankings, Freshness freshness) {}

    /**
     * The player's entry on a board.
     *
     * @param flagged whether it is kept out of the ranking until somebody has looked at it
     * @param rank null where the entry is kept out of the ranking
     */
    record PlayerRanking(
            String leaderboardId,
            long score,
            boolean flagged,
            @Nullable Long rank) {

        static PlayerRanking of(BoardKey board, PlayerEntry entry) {
            return new PlayerRanking(
                    board.leaderboard().value(), entry.score(), entry.state() == State.FLAGGED, entry.rank());
        }
    }

    /**
     * How new an answer is.
     *
     * @param fresh whether the play is in it; true also where no board counts it
     * @param appliedSequence highest number of a play of this player that the boards have seen
     */
    record Freshness(boolean fresh, long appliedSequence) {}

    /** The player's entry on one board; empty where they have none. */
    @FunctionalInterface
    interface Entries {
        Optional<PlayerEntry> on(Leaderboard board);
    }

    /**
     * The entries of a player on the boards that count a play, once they have seen the play with the number {@code applied}. A play that
     * changes none of them, such as one without a score, is seen all the same.
     *
     * @param occurredAt of the play, in milliseconds since 1970
     * @param campaign of the play; null where its game belongs to none
     */
    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping("/state/v1/players/{player}/rankings")
    ResponseEntity<?> rankings(
            Caller caller,
            @PathVariable("player") PlayerId player,
            @RequestParam(name = "applied") long applied,
            @RequestParam(name = "occurred_at_ms") long occurredAt,
            @RequestParam(name = "campaign_id", required = false) @Nullable CampaignId campaign,
            @RequestParam(name = "wait_ms", defaultValue = "0") int waitMs,
            HttpServletRequest request) {
        if (applied < 1) {
            throw Refused.invalid("applied", "is %d, expected 1 or more".formatted(applied));
        }
        if (waitMs < 0 || waitMs > MAX_WAIT_MS) {
            throw Refused.invalid("wait_ms", "is %d, expected 0 to %d".formatted(waitMs, MAX_WAIT_MS));
        }
        List<Leaderboard> boards =
                counting(new BoardPlay(caller.tenant(), campaign, null, Instant.ofEpochMilli(occurredAt)));
        String key = Topics.playerKey(caller.tenant().value(), player.value());
        Entries entries = board -> new Ranks(slices.askedBy(request), key(board), board.tieRule()).entryOf(player);
        return queries.answer(
                app,
                LeaderboardsTopology.SEEN_PLAYS,
                key,
                request,
                state -> rankings(boards, key, applied, Duration.ofMillis(waitMs), news, state, entries));
    }

    static Rankings rankings(
            List<Leaderboard> boards,
            String player,
            long applied,
            Duration patience,
            StateNews news,
            LocalState state,
            Entries entries) {
        ReadOnlyKeyValueStore<String, SeenNumbers> seenPlays =
                state.store(LeaderboardsTopology.SEEN_PLAYS, QueryableStoreTypes.keyValueStore());
        // Nobody tells what happens to a copy, and what it says is not called fresh.
        Duration wait = state.isActive() && !boards.isEmpty() ? patience : Duration.ZERO;
        // A number that is missing below others that were seen may never come: it is not waited for.
        SeenNumbers seen = news.await(
                player,
                () -> requireNonNullElse(seenPlays.get(player), SeenNumbers.NONE),
                numbers -> numbers.highest() >= applied,
                wait);
        boolean isIn = state.isActive() && seen.has(applied);
        List<PlayerRanking> rankings = !isIn
                ? List.of()
                : boards.stream()
                        .flatMap(board -> entries.on(board).map(entry -> PlayerRanking.of(key(board), entry)).stream())
                        .toList();
        return new Rankings(rankings, new Freshness(isIn || boards.isEmpty(), seen.highest()));
    }

    /** The versions that count the play, of boards that are still shown. */
    private List<Leaderboard> counting(BoardPlay play) {
        BoardDefinitions definitions = here.definitions().orElseThrow(() -> AllSlices.unavailable("are being loaded"));
        Instant now = clock.instant();
        return definitions.counting(play).stream()
                .filter(board -> definitions
                        .find(key(board))
                        .flatMap(history -> history.shownAt(now))
                        .isPresent())
                .sorted(Comparator.comparing(Leaderboard::id))
                .limit(MAX_BOARDS)
                .toList();
    }

    private static BoardKey key(Leaderboard board) {
        return new BoardKey(board.tenant(), board.id());
    }
}
