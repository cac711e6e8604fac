package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What time did to a wallet without any command: a lot expired, a hold timed out, a pending amount became available.
 *
 * @param number counted per wallet from 1
 * @param afterSequence the number of the last command applied before it
 * @param at when it was due, unless the wallet's time was beyond that already
 * @param cause {@code expiry}, {@code hold_timeout} or {@code activation}, and what of
 */
public record Settlement(long number, long afterSequence, Instant at, Cause cause, List<LedgerEntry> entries) {

    public static final String EXPIRY = "expiry";
    public static final String HOLD_TIMEOUT = "hold_timeout";
    public static final String ACTIVATION = "activation";

    public Settlement {
        requireNonNull(at, "at");
        requireNonNull(cause, "cause");
        entries = List.copyOf(entries);
        if (number < 1) {
            throw new IllegalArgumentException("number is %d, expected at least 1".formatted(number));
        }
    }
}
