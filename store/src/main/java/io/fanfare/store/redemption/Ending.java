package io.fanfare.store.redemption;

/** What comes of ending a redemption. */
public sealed interface Ending {

    /** It has ended with this. */
    record Ended(RedemptionRecord redemption) implements Ending {}

    /** It had ended before, and stays as it was. */
    record EndedBefore(RedemptionRecord redemption) implements Ending {}

    /** There is no such redemption. */
    record Unknown() implements Ending {}

    /** The wallet's word is not about the command that it waits for. */
    record OfAnotherCommand(RedemptionRecord redemption) implements Ending {}
}
