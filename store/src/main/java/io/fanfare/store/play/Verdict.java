package io.fanfare.store.play;

import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.PlayLedger.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a play can become a fact. */
sealed interface Verdict {

    record Stands(List<Grant> grants, List<Unavailable> unavailable) implements Verdict {

        boolean credits() {
            return grants.stream()
                    .map(Grant::award)
                    .anyMatch(award -> award.prize().type().isCredit() && award.credit() > 0);
        }
    }

    record Refused(Outcome outcome) implements Verdict {}

    /** @param code that goes with the unit; null where it has none */
    record Grant(Award award, @Nullable String code) {}
}
