package io.fanfare.store;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list. The next one continues behind its last item.
 *
 * @param hasMore whether there is a next one
 */
public record Page<T>(List<T> items, boolean hasMore) {

    public static final int MAX_LIMIT = 100;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * A page out of rows that were read one beyond the limit.
     *
     * @throws IllegalArgumentException where the limit is not 1 to {@link #MAX_LIMIT}
     */
    public static <T> Page<T> of(int limit, Function<Integer, List<T>> readAtMost) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is %d, expected 1 to %d".formatted(limit, MAX_LIMIT));
        }
        List<T> rows = readAtMost.apply(limit + 1);
        return new Page<>(rows.subList(0, Math.min(limit, rows.size())), rows.size() > limit);
    }
}
