package io.fanfare.engine.prize;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Something to win, as configured; what is left of it is known to the ledger alone.
 *
 * @param image address of a picture, where there is one
 * @param value of one unit: points for {@link PrizeType#POINTS}, otherwise for display, in minor units
 * @param needsCode each unit comes with a code from the prize's pool; without a free one the prize is unavailable
 * @param revision of the configuration, from 1
 */
public record Prize(
        PrizeId id,
        TenantId tenant,
        String name,
        PrizeType type,
        @Nullable String image,
        long value,
        AwardConstraints constraints,
        boolean needsCode,
        long revision) {

    /** The currency that prizes of type points credit. */
    public static final String POINTS_CURRENCY = "points";

    public Prize {
        requireNonNull(id, "id");
        requireNonNull(tenant, "tenant");
        requireNonNull(type, "type");
        requireNonNull(constraints, "constraints");
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("name has %d characters, expected 1 to 200".formatted(name.length()));
        }
        if (value < 0) {
            throw new IllegalArgumentException("value is %d, expected 0 or more".formatted(value));
        }
        if (type.isCredit() && needsCode) {
            throw new IllegalArgumentException("a prize of type %s has no code".formatted(type.wireName()));
        }
    }
}
