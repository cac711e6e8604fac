package io.fanfare.store.granting;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.store.award.AwardState;

/** What comes of something that was earned. */
public sealed interface Grant {

    /** The player has it now. */
    record Granted(RewardId reward) implements Grant {}

    /** The prize could not be had: it is written down, for operators to see and for the player to redeem. */
    record Unawarded(Unavailability why) implements Grant {}

    /** It was told before, or the player had redeemed it; it stays as it is. */
    record GrantedBefore(AwardState state) implements Grant {}

    /** There is no such game, or no such prize, among the tenant's. */
    record Unknown(GameId game, PrizeId prize) implements Grant {}
}
