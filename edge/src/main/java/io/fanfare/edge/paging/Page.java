package io.fanfare.edge.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a list. */
public record Page<T>(List<T> items, Pagination pagination) {

    /** @param nextCursor to be sent as {@code cursor} for the next page; null on the last */
    public record Pagination(@Nullable String nextCursor, boolean hasMore) {}

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page from a list that was read with {@link Paging#limitPlusOne()}.
     *
     * @param position where an item stands in the order of the list, to continue behind it
     */
    public static <T> Page<T> of(List<T> read, Paging paging, Function<T, String> position) {
        boolean hasMore = read.size() > paging.limit();
        return of(hasMore ? read.subList(0, paging.limit()) : read, hasMore, position);
    }

    /** The items of a page, where it is known already whether there is more behind them. */
    public static <T> Page<T> of(List<T> items, boolean hasMore, Function<T, String> position) {
        String next = hasMore ? Paging.cursor(position.apply(items.getLast())) : null;
        return new Page<>(items, new Pagination(next, hasMore));
    }

    /**
     * A page that ends before it is full, because finding more took too long; there may be more behind it.
     *
     * @param position where the next page continues
     */
    public static <T> Page<T> cutAt(List<T> items, String position) {
        return new Page<>(items, new Pagination(Paging.cursor(position), true));
    }

    /** The same page with its items shown otherwise. */
    public <R> Page<R> map(Function<T, R> shown) {
        return new Page<>(items.stream().map(shown).toList(), pagination);
    }
}
