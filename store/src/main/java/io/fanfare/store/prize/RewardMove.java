package io.fanfare.store.prize;

import io.fanfare.engine.reward.RewardStep;
import io.fanfare.engine.reward.Rewarding.StepOutcome.Moved;
import java.time.Instant;

/** A step that is taken with a reward, about to be written. */
record RewardMove(RewardRecord before, RewardStep step, Moved outcome, Actor by, Instant at) {

    RewardRecord after() {
        return before.in(outcome.state());
    }

    boolean returnsUnit() {
        return outcome.returnsUnit() && !before.type().isCredit();
    }

    boolean voidsCode() {
        return outcome.voidsCode() && before.code() != null;
    }

    String stepName() {
        return switch (step) {
            case RewardStep.Claim() -> "claim";
            case RewardStep.Fulfil() -> "fulfil";
            case RewardStep.Revoke _ -> "revoke";
            case RewardStep.Expire() -> "expire";
        };
    }
}
