package io.fanfare.store.prize;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.reward.Redemption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward as those see it who hand it out.
 *
 * @param mode how its prize is redeemed, as it is configured now; null where there is no such prize, as of a game's own items
 * @param steps that were taken with it, in their order
 */
public record RewardCase(RewardRecord reward, Redemption.@Nullable Mode mode, List<TakenStep> steps) {

    public RewardCase {
        requireNonNull(reward, "reward");
        steps = List.copyOf(steps);
    }
}
