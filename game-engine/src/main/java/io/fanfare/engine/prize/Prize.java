package io.fanfare.engine.prize;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.identity.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to win, as configured; what is left of it is known to the ledger alone.
 *
 * @param image address of a picture, where there is one
 * @param name for people; of a {@link PrizeType#LUCKY_ITEM} the currency that it is counted in
 * @param value of one unit: points for {@link PrizeType#POINTS}, items for {@link PrizeType#LUCKY_ITEM}, otherwise minor units, for
 *     display and budgets
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

    private static final String ITEM_PREFIX = "item.";

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
        if (type == PrizeType.LUCKY_ITEM && !OpaqueId.isValid(name)) {
            throw new IllegalArgumentException(
                    "the item is called '%s', expected letters, digits, '_', '-' or '.'".formatted(name));
        }
        if (type.isCredit() && needsCode) {
            throw new IllegalArgumentException("a prize of type %s has no code".formatted(type.wireName()));
        }
    }

    /**
     * What stands for an item that a game puts into the wallet: no operator made it, it has no limits, and it is worth nothing
     * but itself.
     */
    public static Prize ofItem(TenantId tenant, String item) {
        return new Prize(itemId(item), tenant, item, PrizeType.LUCKY_ITEM, null, 1, AwardConstraints.NONE, false, 1);
    }

    /** The id of what stands for an item. */
    public static PrizeId itemId(String item) {
        return new PrizeId(ITEM_PREFIX + item);
    }

    /** The currency that a credit goes into; empty where it is no credit. */
    public Optional<String> currency() {
        return currency(type, name);
    }

    /** The currency in which a win of this type and name is credited; empty where it is no credit. */
    public static Optional<String> currency(PrizeType type, String name) {
        return switch (type) {
            case POINTS -> Optional.of(POINTS_CURRENCY);
            case LUCKY_ITEM -> Optional.of(name);
            case VOUCHER, PHYSICAL, NONE -> Optional.empty();
        };
    }

    /** What so many units of it take from a budget: their value; items cost nothing. */
    public long cost(long quantity) {
        return cost(type, value, quantity);
    }

    /** What so many units of a prize of this type and value take from a budget. */
    public static long cost(PrizeType type, long value, long quantity) {
        return type == PrizeType.LUCKY_ITEM ? 0 : Math.multiplyExact(value, quantity);
    }
}
