package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what an attempt wins. */
public interface RewardHandler extends Part {

    /** The fields of the input that it reads. */
    Set<String> inputFields();

    /** Every prize that it could award, so that they can be there before it does. */
    Set<PrizeId> prizes();

    /** The chance of each prize in one play, as configured; empty where it depends on what the player does. */
    default Map<PrizeId, Double> configuredOdds() {
        return Map.of();
    }

    /** Whether a player who could read the configuration would know what it must not know: answers, for one. */
    default boolean holdsSecrets() {
        return false;
    }

    /** The same attempt and the same draws have the same result. */
    Result decide(Attempt attempt, Draws draws);

    /**
     * Draws again where a prize that was drawn cannot be had.
     *
     * @param gone what cannot be had
     * @return empty where this shape draws nothing, so that the win is lost instead
     */
    @SuppressWarnings("unused") // for those that draw
    default Optional<Result> redraw(Attempt attempt, Draws draws, Set<PrizeId> gone) {
        return Optional.empty();
    }

    /** The result as it is shown where the player gets this prize instead of what was drawn. */
    default Result showing(Result drawn, PrizeId prize) {
        return new Result(List.of(Win.of(prize)), drawn.metadata(), drawn.score());
    }

    /**
     * What a player of a simulation claims who was dealt this seed: plausible, and spread over what is possible. Empty where
     * players claim nothing.
     */
    @SuppressWarnings("unused") // for those whose players claim something
    default Document sampleInput(Document seed, Draws draws) {
        return Document.empty();
    }

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

    /** Something won. */
    sealed interface Win {

        static Win of(PrizeId prize) {
            return new OfPrize(prize, 1);
        }

        /** @param quantity units of the prize, at least 1 */
        record OfPrize(PrizeId prize, long quantity) implements Win {
            public OfPrize {
                requirePositive(quantity);
            }
        }

        /**
         * An item that goes into the player's wallet, and needs no prize behind it.
         *
         * @param item the currency that it is counted in
         * @param quantity at least 1
         */
        record OfItem(String item, long quantity) implements Win {
            public OfItem {
                requirePositive(quantity);
            }
        }

        private static void requirePositive(long quantity) {
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity is %d, expected at least 1".formatted(quantity));
            }
        }
    }
}
