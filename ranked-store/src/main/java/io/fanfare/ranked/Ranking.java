package io.fanfare.ranked;

import java.util.List;
import java.util.Optional;

/** The live entries of one board and window in one store, best first. Positions count from 0. */
public interface Ranking {

    long size();

    /** How many entries are ahead of this key, whether or not an entry has it. */
    long countAhead(OrderKey key);

    Optional<OrderKey> select(long position);

    /** Up to {@code limit} entries from the position on. */
    List<OrderKey> list(long position, int limit);

    /** The player's entry, ranked or not. */
    Optional<Placement> placementOf(String player);
}
