package io.fanfare.ranked;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * A question to a ranked store, asked through {@code KafkaStreams.query} or, in a processor, through the store's
 * {@code query}. Each is answered from one consistent state of one store; where a board is spread over several stores, a
 * rank is one plus the sum of what is ahead in each, and a page is the merge of their pages.
 */
public sealed interface RankedQuery<R> extends Query<R> {

    /** The most entries that one answer holds. */
    int MAX_LIMIT = 10_000;

    String board();

    String window();

    R answerFrom(Ranking ranking);

    /** How many live entries there are. */
    record CountEntries(String board, String window) implements RankedQuery<Long> {

        public CountEntries {
            requireNames(board, window);
        }

        @Override
        public Long answerFrom(Ranking ranking) {
            return ranking.size();
        }
    }

    /** How many live entries are ahead of a key. */
    record CountAhead(String board, String window, OrderKey key) implements RankedQuery<Long> {

        public CountAhead {
            requireNames(board, window);
            requireNonNull(key, "key");
        }

        @Override
        public Long answerFrom(Ranking ranking) {
            return ranking.countAhead(key);
        }
    }

    /** The player's entry and how many live ones are ahead of it. */
    record FindPlacement(String board, String window, String player) implements RankedQuery<Optional<Placement>> {

        public FindPlacement {
            requireNames(board, window);
            EntryKey.require("player", player);
        }

        @Override
        public Optional<Placement> answerFrom(Ranking ranking) {
            return ranking.placementOf(player);
        }
    }

    /** The live entry at a position; 0 is the best. */
    record SelectAt(String board, String window, long position) implements RankedQuery<Optional<OrderKey>> {

        public SelectAt {
            requireNames(board, window);
            if (position < 0) {
                throw new IllegalArgumentException("position is %d, expected 0 or more".formatted(position));
            }
        }

        @Override
        public Optional<OrderKey> answerFrom(Ranking ranking) {
            return ranking.select(position);
        }
    }

    /**
     * The best live entries that are behind a key, best first.
     *
     * @param after null: from the top
     */
    record ListAfter(String board, String window, @Nullable OrderKey after, int limit)
            implements RankedQuery<List<OrderKey>> {

        public ListAfter {
            requireNames(board, window);
            requireLimit(limit);
        }

        @Override
        public List<OrderKey> answerFrom(Ranking ranking) {
            if (after == null) {
                return ranking.list(0, limit);
            }
            long position = ranking.countAhead(after);
            boolean taken = ranking.select(position).filter(after::equals).isPresent();
            return ranking.list(taken ? position + 1 : position, limit);
        }
    }

    /** The live entries directly ahead of a key, best first. */
    record ListBefore(String board, String window, OrderKey before, int limit) implements RankedQuery<List<OrderKey>> {

        public ListBefore {
            requireNames(board, window);
            requireNonNull(before, "before");
            requireLimit(limit);
        }

        @Override
        public List<OrderKey> answerFrom(Ranking ranking) {
            long end = ranking.countAhead(before);
            long start = Math.max(0, end - limit);
            return ranking.list(start, Math.toIntExact(end - start));
        }
    }

    /**
     * What is around a key, from one state of the store.
     *
     * @param at null: the top, with nothing ahead
     * @param maxBefore how many entries directly ahead to list
     * @param maxAfter how many entries directly behind to list
     */
    record LookAround(String board, String window, @Nullable OrderKey at, int maxBefore, int maxAfter)
            implements RankedQuery<Surroundings> {

        public LookAround {
            requireNames(board, window);
            requireLimit(maxBefore);
            requireLimit(maxAfter);
        }

        @Override
        public Surroundings answerFrom(Ranking ranking) {
            if (at == null) {
                return new Surroundings(ranking.size(), 0, 0, 0, List.of(), ranking.list(0, maxAfter));
            }
            long ahead = ranking.countAhead(at);
            int taken = ranking.select(ahead).filter(at::equals).isPresent() ? 1 : 0;
            int before = Math.toIntExact(Math.min(ahead, maxBefore));
            return new Surroundings(
                    ranking.size(),
                    ahead,
                    ranking.countAhead(OrderKey.firstWith(at.score())),
                    taken,
                    ranking.list(ahead - before, before),
                    ranking.list(ahead + taken, maxAfter));
        }
    }

    private static void requireNames(String board, String window) {
        EntryKey.require("board", board);
        EntryKey.require("window", window);
    }

    private static void requireLimit(int limit) {
        if (limit < 0 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is %d, expected 0 to %d".formatted(limit, MAX_LIMIT));
        }
    }
}
