package io.fanfare.store.award;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.RewardId;
import org.jspecify.annotations.Nullable;

/** How far an award is. */
public sealed interface AwardState {

    /**
     * A redemption has taken a unit for it, and waits for the wallet's word.
     *
     * @param before what was in the way when it was earned; null where nobody has told that it is
     */
    record Reserved(RedemptionId by, @Nullable Unavailability before) implements AwardState {
        public Reserved {
            requireNonNull(by, "by");
        }
    }

    /** The player has it. */
    record Awarded(RewardId reward) implements AwardState {
        public Awarded {
            requireNonNull(reward, "reward");
        }
    }

    /** It is earned, and its prize could not be had; the player may still redeem it. */
    record Unawarded(Unavailability why) implements AwardState {
        public Unawarded {
            requireNonNull(why, "why");
        }
    }

    default String word() {
        return switch (this) {
            case Reserved _ -> "reserved";
            case Awarded _ -> "awarded";
            case Unawarded _ -> "unawarded";
        };
    }
}
