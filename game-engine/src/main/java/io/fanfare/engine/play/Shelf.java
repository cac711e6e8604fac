package io.fanfare.engine.play;

import io.fanfare.engine.prize.PrizeId;

/**
 * What is there for one play to take, as of its turn: what plays before it took is gone. Asked only for prizes of
 * {@link DecidedPlay#reachable()}.
 */
public interface Shelf {

    long UNLIMITED = Long.MAX_VALUE;

    /** How many units of it the player has won, ever. */
    long wonEver(PrizeId prize);

    /** How many units of it the player has won on the UTC day of the play. */
    long wonToday(PrizeId prize);

    /** Units left; {@link #UNLIMITED} where nothing limits them, 0 where the prize is not there. */
    long unitsLeft(PrizeId prize);

    /** Free codes. */
    long codesLeft(PrizeId prize);

    /** How many of its winning moments were claimed in this game. */
    long momentsClaimed(PrizeId prize);

    /** What this game has given away, in value. */
    long spentByGame();

    /** What all games of the campaign have given away, in value. */
    long spentByCampaign();
}
