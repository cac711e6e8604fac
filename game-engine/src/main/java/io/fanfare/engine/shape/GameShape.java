package io.fanfare.engine.shape;

import static java.util.Objects.requireNonNull;

/** How a game works, configured: what a start deals out, what a play may claim, and what it wins. */
public record GameShape(SeedGenerator seedGenerator, Validator validator, RewardHandler rewardHandler) {

    public GameShape {
        requireNonNull(seedGenerator, "seedGenerator");
        requireNonNull(validator, "validator");
        requireNonNull(rewardHandler, "rewardHandler");
    }
}
