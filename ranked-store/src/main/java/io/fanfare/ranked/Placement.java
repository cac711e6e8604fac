package io.fanfare.ranked;

/**
 * Where a player stands in one store.
 *
 * @param ahead how many live entries of this store are ahead; for an entry that is not live, how many would be
 */
public record Placement(OrderKey key, Entry entry, long ahead) {}
