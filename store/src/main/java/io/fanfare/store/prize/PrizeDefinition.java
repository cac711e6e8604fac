package io.fanfare.store.prize;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.reward.Redemption;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says a prize is; its stock is apart.
 *
 * @param image address of a picture; null where none
 * @param value of one unit
 * @param needsCode each unit comes with a code from the prize's pool
 * @param redemption how a won unit reaches the player
 * @param fulfillment JSON object: the same in the operator's words
 * @param metadata JSON object that means something to the tenant alone
 */
public record PrizeDefinition(
        String name,
        PrizeType type,
        @Nullable String image,
        long value,
        AwardConstraints constraints,
        boolean needsCode,
        Redemption redemption,
        String fulfillment,
        String metadata) {

    private static final String NO_METADATA = "{}";

    public PrizeDefinition {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(constraints, "constraints");
        requireNonNull(redemption, "redemption");
        requireNonNull(fulfillment, "fulfillment");
        requireNonNull(metadata, "metadata");
    }

    /** Without metadata. */
    public PrizeDefinition(
            String name,
            PrizeType type,
            @Nullable String image,
            long value,
            AwardConstraints constraints,
            boolean needsCode,
            Redemption redemption,
            String fulfillment) {
        this(name, type, image, value, constraints, needsCode, redemption, fulfillment, NO_METADATA);
    }

    /** Claimed by the player, in the app, without end. */
    public PrizeDefinition(
            String name,
            PrizeType type,
            @Nullable String image,
            long value,
            AwardConstraints constraints,
            boolean needsCode,
            String fulfillment) {
        this(name, type, image, value, constraints, needsCode, Redemption.ON_CLAIM, fulfillment);
    }
}
