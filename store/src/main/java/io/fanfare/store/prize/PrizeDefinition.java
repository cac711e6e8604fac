package io.fanfare.store.prize;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.PrizeType;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says a prize is; its stock is apart.
 *
 * @param image address of a picture; null where none
 * @param value of one unit
 * @param needsCode each unit comes with a code from the prize's pool
 * @param fulfillment JSON object: how a won unit reaches the player
 */
public record PrizeDefinition(
        String name,
        PrizeType type,
        @Nullable String image,
        long value,
        AwardConstraints constraints,
        boolean needsCode,
        String fulfillment) {

    public PrizeDefinition {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(constraints, "constraints");
        requireNonNull(fulfillment, "fulfillment");
    }
}
