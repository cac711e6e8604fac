package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * An amount that is set aside until it is posted, voided or timed out. What is held does not expire; what comes back from a
 * hold does so into the lots it came from.
 *
 * @param lots what the amount was drawn from; empty where nothing of it expires
 */
public record Hold(HoldId id, Money money, List<Lot> lots, Instant expiresAt) {

    public Hold {
        requireNonNull(id, "id");
        requireNonNull(money, "money");
        requireNonNull(expiresAt, "expiresAt");
        lots = List.copyOf(lots);
        if (!Lot.areOf(lots, money.amount())) {
            throw new IllegalArgumentException("lots %s are not those of a hold of %s".formatted(lots, money));
        }
    }
}
