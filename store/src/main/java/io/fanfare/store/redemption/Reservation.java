package io.fanfare.store.redemption;

import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.PrizeId;

/** What comes of the wish to redeem a milestone, before the wallet is asked. */
public sealed interface Reservation {

    /** Everything is set aside, and the wallet has its command. */
    record Reserved(RedemptionRecord redemption) implements Reservation {}

    /** The idempotency key stands for a redemption already. */
    sealed interface KeyKnown extends Reservation {}

    /** The same request was made before, with the same idempotency key: it is this one. */
    record AskedBefore(RedemptionRecord redemption) implements KeyKnown {}

    /** The idempotency key was used for another request. */
    record KeyReused() implements KeyKnown {}

    /** It can be had once, and the player has it. */
    record AlreadyAwarded() implements Reservation {}

    /** It can be had once, and another request of the player's is about to get it or not. */
    record UnderWay(RedemptionKey other) implements Reservation {}

    /** The prize cannot be had; nothing was taken. */
    record PrizeUnavailable(PrizeId prize, Unavailability why) implements Reservation {}
}
