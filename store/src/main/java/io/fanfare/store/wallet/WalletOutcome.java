package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.WalletId;
import java.time.Instant;
import java.util.UUID;

/**
 * What the wallets app said of a command.
 *
 * @param id of the command
 * @param number of the command
 * @param cause as of the command
 */
public record WalletOutcome(WalletId wallet, UUID id, long number, Cause cause, Verdict verdict, Instant occurredAt) {

    public WalletOutcome {
        requireNonNull(wallet, "wallet");
        requireNonNull(id, "id");
        requireNonNull(cause, "cause");
        requireNonNull(verdict, "verdict");
        requireNonNull(occurredAt, "occurredAt");
    }
}
