package io.fanfare.ranked;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is around a key of the order, in one store or in several.
 *
 * @param size how many live entries there are
 * @param ahead how many of them are ahead of the key
 * @param aheadOfScore how many have a higher score than the key
 * @param taken how many have exactly this key: 1 where the key is an entry's, else 0
 * @param before the entries directly ahead, best first
 * @param after the entries directly behind, best first
 */
public record Surroundings(
        long size, long ahead, long aheadOfScore, long taken, List<OrderKey> before, List<OrderKey> after) {

    public Surroundings {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * The surroundings in all stores together, from those in each.
     *
     * @param maxBefore the limit with which each was asked
     * @param maxAfter the limit with which each was asked
     */
    public static Surroundings merged(Collection<Surroundings> stores, int maxBefore, int maxAfter) {
        List<OrderKey> before =
                stores.stream().flatMap(store -> store.before.stream()).sorted().toList();
        Stream<OrderKey> after =
                stores.stream().flatMap(store -> store.after.stream()).sorted();
        return new Surroundings(
                stores.stream().mapToLong(Surroundings::size).sum(),
                stores.stream().mapToLong(Surroundings::ahead).sum(),
                stores.stream().mapToLong(Surroundings::aheadOfScore).sum(),
                stores.stream().mapToLong(Surroundings::taken).sum(),
                before.subList(Math.max(0, before.size() - maxBefore), before.size()),
                after.limit(maxAfter).toList());
    }

    /** How many entries are not behind the key. */
    public long aheadOrAt() {
        return ahead + taken;
    }
}
