package io.fanfare.store.prize;

import io.fanfare.engine.prize.PrizeId;

/**
 * How a prize is doing.
 *
 * @param awarded rewards that were won, and neither revoked nor expired
 * @param codesAvailable free codes in its pool
 */
public record PrizeSummary(PrizeId id, String name, Stock stock, long awarded, long codesAvailable) {}
