package io.fanfare.store.granting;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;

/** What comes of trying again to award what could not be had. */
public sealed interface Retry {

    /** The player has it now. */
    record Granted(RewardId reward) implements Retry {
        public Granted {
            requireNonNull(reward, "reward");
        }
    }

    /** The player had it before; nothing changed. */
    record GrantedBefore(RewardId reward) implements Retry {
        public GrantedBefore {
            requireNonNull(reward, "reward");
        }
    }

    /** The prize cannot be had still. */
    record StillUnawarded(PrizeId prize, Unavailability why) implements Retry {
        public StillUnawarded {
            requireNonNull(prize, "prize");
            requireNonNull(why, "why");
        }
    }

    /** The tenant has no such award, or nobody has earned it. */
    record NotFound() implements Retry {}
}
