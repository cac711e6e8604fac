package io.fanfare.store.play;

import io.fanfare.engine.reward.Redemption;

/**
 * What is there of a prize.
 *
 * @param units left; {@link io.fanfare.engine.play.Shelf#UNLIMITED} where nothing limits them
 * @param redemption how a unit reaches the one who won it
 */
record StockOfPrize(long units, Redemption redemption) {}
