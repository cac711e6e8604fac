package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what an attempt wins. */
public interface RewardHandler {

    /** The fields of the input that it reads. */
    Set<String> inputFields();

    /** Every prize that it could award, so that they can be there before it does. */
    Set<PrizeId> prizes();

    Result decide(Attempt attempt, Draws draws);

    /**
     * @param wins in the order they were won; empty for a losing play
     * @param metadata what the player's screen shows: where the wheel stopped, which tier was reached
     * @param score what the play adds to score boards; null where the shape has none
     */
    record Result(
            List<Win> wins, Document metadata, @Nullable Long score) {
        public Result {
            wins = List.copyOf(wins);
        }
    }

    /** @param quantity units of the prize, at least 1 */
    record Win(PrizeId prize, long quantity) {
        public Win {
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity is %d, expected at least 1".formatted(quantity));
            }
        }
    }
}
