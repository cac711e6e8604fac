package io.fanfare.engine.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an amount, by when it expires. A list of lots that is empty says that nothing of the amount ever expires.
 *
 * @param expiresAt null: never
 * @param amount at least 1
 */
public record Lot(@Nullable Instant expiresAt, long amount) {

    /** No expiry at all. */
    public static final List<Lot> UNDATED = List.of();

    public Lot {
        if (amount < 1) {
            throw new IllegalArgumentException("amount of a lot is %d, expected at least 1".formatted(amount));
        }
    }

    /** A whole amount with one expiry. */
    public static List<Lot> whole(long amount, @Nullable Instant expiresAt) {
        return expiresAt == null ? UNDATED : List.of(new Lot(expiresAt, amount));
    }

    /** Whether the lots are those of an amount: they sum to it, or there are none. */
    static boolean areOf(List<Lot> lots, long amount) {
        long left = amount;
        for (Lot lot : lots) {
            if (lot.amount() > left) {
                return false;
            }
            left -= lot.amount();
        }
        return lots.isEmpty() || left == 0;
    }

    /** The first part of an amount, lot by lot. */
    static List<Lot> first(List<Lot> lots, long amount) {
        return between(lots, 0, amount);
    }

    /** What is left of an amount when its first part is gone. */
    static List<Lot> rest(List<Lot> lots, long gone) {
        return between(lots, gone, Long.MAX_VALUE);
    }

    private static List<Lot> between(List<Lot> lots, long from, long to) {
        var found = new ArrayList<Lot>();
        long start = 0;
        for (Lot lot : lots) {
            long end = start + lot.amount();
            long taken = Math.min(end, to) - Math.max(start, from);
            if (taken > 0) {
                found.add(new Lot(lot.expiresAt(), taken));
            }
            start = end;
        }
        return found;
    }
}
