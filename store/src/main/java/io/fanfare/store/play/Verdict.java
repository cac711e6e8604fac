package io.fanfare.store.play;

import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.reward.RewardState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a play can become a fact. */
sealed interface Verdict {

    /** @param play as it is now: where something else was won than was drawn, with what the player's screen shows then */
    record Stands(DecidedPlay play, List<Grant> grants, List<Unavailable> unavailable) implements Verdict {

        boolean credits() {
            return grants.stream()
                    .map(Grant::award)
                    .anyMatch(award -> award.prize().type().isCredit() && award.credit() > 0);
        }
    }

    record Refused(Outcome outcome) implements Verdict {}

    /**
     * @param code that goes with the unit; null where it has none
     * @param state in which the reward begins its life
     */
    record Grant(Award award, @Nullable String code, RewardState state) {}
}
