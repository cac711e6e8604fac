package io.fanfare.ranked;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order of the live entries of every board and window, in memory. Not thread-safe: the store that owns it locks. */
final class RankIndex {

    private static final CountedTree NOBODY = new CountedTree();

    private final Map<Window, CountedTree> trees = new HashMap<>();

    private record Window(String board, String window) {}

    void replace(EntryKey key, @Nullable Entry before, @Nullable Entry after) {
        boolean was = isLive(before);
        boolean is = isLive(after);
        if (was && is && before != null && after != null && sameOrder(before, after)) {
            return;
        }
        var window = new Window(key.board(), key.window());
        if (was && before != null) {
            remove(window, orderOf(key, before));
        }
        if (is && after != null) {
            trees.computeIfAbsent(window, _ -> new CountedTree())
                    .add(orderOf(key, after).toBytes());
        }
    }

    CountedTree of(String board, String window) {
        return trees.getOrDefault(new Window(board, window), NOBODY);
    }

    void clear() {
        trees.clear();
    }

    static OrderKey orderOf(EntryKey key, Entry entry) {
        return new OrderKey(entry.score(), entry.reachedAt(), key.player());
    }

    private void remove(Window window, OrderKey key) {
        CountedTree tree = trees.get(window);
        if (tree == null || !tree.remove(key.toBytes())) {
            throw new IllegalStateException("the index of %s lacks %s, which is in the store".formatted(window, key));
        }
        if (tree.size() == 0) {
            trees.remove(window);
        }
    }

    private static boolean isLive(@Nullable Entry entry) {
        return entry != null && entry.state() == Entry.State.LIVE;
    }

    private static boolean sameOrder(Entry one, Entry other) {
        return one.score() == other.score() && one.reachedAt() == other.reachedAt();
    }
}
