package io.fanfare.store.prize;

import java.util.Locale;

/** Where a reward is in its life, as a word to look for. */
public enum RewardStatus {
    WON,
    CLAIMED,
    FULFILLED,
    REVOKED,
    EXPIRED;

    /** The same word as that of the {@link io.fanfare.engine.reward.RewardState}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
