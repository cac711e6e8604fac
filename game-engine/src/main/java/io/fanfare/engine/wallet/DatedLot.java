package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a player has of one currency that expires at one time, whichever commands it came from.
 *
 * @param announced whether the player was told that it expires soon
 */
public record DatedLot(Instant expiresAt, long amount, boolean announced) {

    public DatedLot {
        requireNonNull(expiresAt, "expiresAt");
        if (amount < 1) {
            throw new IllegalArgumentException("amount of a lot is %d, expected at least 1".formatted(amount));
        }
    }

    DatedLot of(long changedAmount) {
        return new DatedLot(expiresAt, changedAmount, announced);
    }
}
