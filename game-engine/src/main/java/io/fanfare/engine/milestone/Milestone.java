package io.fanfare.engine.milestone;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.prize.PrizeId;

/**
 * One prize and what it takes.
 *
 * @param threshold in the currency's smallest unit, at least 1
 */
public record Milestone(MilestoneId id, long threshold, PrizeId prize) {

    public Milestone {
        requireNonNull(id, "id");
        requireNonNull(prize, "prize");
        if (threshold < 1) {
            throw new IllegalArgumentException(
                    "threshold of milestone %s is %d, expected at least 1".formatted(id, threshold));
        }
    }

    /** What a wallet remembers as granted, so that it is granted once. */
    public String grant(GameId game) {
        return game.value() + "." + id.value();
    }
}
