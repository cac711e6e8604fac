package io.fanfare.streams.leaderboard;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.leaderboard.TieRule;
import io.fanfare.ranked.Entry;
import io.fanfare.ranked.Entry.State;
import io.fanfare.ranked.OrderKey;
import io.fanfare.ranked.Placement;
import io.fanfare.ranked.Surroundings;
import io.fanfare.streams.leaderboard.SliceQuestion.Around;
import io.fanfare.streams.leaderboard.SliceQuestion.WhereIs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Exact ranks on one board, from the answers of all its slices. */
final class Ranks {

    private static final int TRIES = 3;

    private final Slices slices;
    private final BoardKey board;
    private final TieRule tieRule;

    Ranks(Slices slices, BoardKey board, TieRule tieRule) {
        this.slices = slices;
        this.board = board;
        this.tieRule = tieRule;
    }

    /** An entry and its rank, 1 for the best. */
    record Line(long rank, OrderKey key) {}

    /** A part of the ranking, and how long the whole is. */
    record Part(List<Line> lines, long total) {}

    /**
     * A player among their neighbours.
     *
     * @param lines best first, the player's own among them
     */
    record Neighbourhood(Line player, List<Line> lines, long total) {}

    /**
     * What a player has achieved, ranked or not.
     *
     * @param rank null where the entry is kept out of the ranking
     */
    record PlayerEntry(long score, State state, @Nullable Long rank) {}

    /** @param around null where the entry is kept out of the ranking */
    private record Found(Placement placement, @Nullable Neighbourhood around) {}

    /** The entries behind a key, or from the top where it is null. */
    Part behind(@Nullable OrderKey key, int limit) {
        Surroundings found = slices.ask(new Around(board, key, 0, limit));
        @Nullable Line last = key == null ? null : new Line(1 + found.aheadOfScore(), key);
        return new Part(ranked(found.after(), found.aheadOrAt(), last), found.size());
    }

    /** The entries behind so many best ones. */
    Part from(int offset, int limit) {
        Part fromTop = behind(null, offset + limit);
        List<Line> lines = fromTop.lines();
        return new Part(lines.subList(Math.min(offset, lines.size()), lines.size()), fromTop.total());
    }

    /** The player with up to {@code radius} neighbours on each side; empty where they are not ranked. */
    Optional<Neighbourhood> around(PlayerId player, int radius) {
        return find(player, radius).flatMap(found -> Optional.ofNullable(found.around()));
    }

    /** The player's entry; empty where they have none. */
    Optional<PlayerEntry> entryOf(PlayerId player) {
        return find(player, 0).map(found -> {
            Entry entry = found.placement().entry();
            Neighbourhood around = found.around();
            return new PlayerEntry(
                    entry.score(),
                    entry.state(),
                    around == null ? null : around.player().rank());
        });
    }

    private Optional<Found> find(PlayerId player, int radius) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Placement> placement = slices.ask(new WhereIs(board, player));
            if (placement.isEmpty()) {
                return Optional.empty();
            }
            if (placement.get().entry().state() != State.LIVE) {
                return Optional.of(new Found(placement.get(), null));
            }
            OrderKey key = placement.get().key();
            Surroundings found = slices.ask(new Around(board, key, radius, radius));
            // A play between the two questions has moved the player: ask again.
            if (found.taken() > 0) {
                return Optional.of(new Found(placement.get(), neighbourhood(key, found)));
            }
        }
        throw AllSlices.unavailable("see this player move too fast");
    }

    private Neighbourhood neighbourhood(OrderKey key, Surroundings found) {
        List<OrderKey> keys = new ArrayList<>(found.before());
        keys.add(key);
        keys.addAll(found.after());
        long ahead = found.ahead() - found.before().size();
        List<Line> lines = ranked(keys, ahead, firstOfItsScore(keys.getFirst(), key, found));
        return new Neighbourhood(lines.get(found.before().size()), lines, found.size());
    }

    /** A line that stands for everybody with the same score as the first of a part. */
    private @Nullable Line firstOfItsScore(OrderKey first, OrderKey asked, Surroundings found) {
        if (tieRule == TieRule.UNIQUE) {
            return null;
        }
        long ahead = first.score() == asked.score()
                ? found.aheadOfScore()
                : slices.ask(new Around(board, OrderKey.firstWith(first.score()), 0, 0))
                        .ahead();
        return new Line(1 + ahead, first);
    }

    /** @param last the line before the first, where it is known; decides the rank of a first with the same score */
    private List<Line> ranked(List<OrderKey> keys, long ahead, @Nullable Line last) {
        List<Line> lines = new ArrayList<>(keys.size());
        @Nullable Line previous = last;
        for (OrderKey key : keys) {
            long position = ahead + lines.size() + 1;
            boolean shares = tieRule == TieRule.COMPETITION
                    && previous != null
                    && previous.key().score() == key.score();
            previous = new Line(shares && previous != null ? previous.rank() : position, key);
            lines.add(previous);
        }
        return lines;
    }
}
