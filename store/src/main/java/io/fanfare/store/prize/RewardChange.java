package io.fanfare.store.prize;

import io.fanfare.engine.reward.Rewarding.Why;

/** What comes of a step that somebody wants to take with a reward. */
public sealed interface RewardChange {

    /** @param reward as it is now */
    record Moved(RewardRecord reward) implements RewardChange {}

    /** @param reward as it is; nothing changed */
    record Refused(RewardRecord reward, Why why) implements RewardChange {}

    /** The tenant, or the player who asks, has no such reward. */
    record RewardNotFound() implements RewardChange {}
}
