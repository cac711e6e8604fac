package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command for a wallet, before it has its number.
 *
 * @param id the same id is the same command: derived from the cause, where the cause may come twice
 * @param awaitedBy what tells the one who waits for its outcome from others, such as a hash of the request: then the outcome is kept;
 *     null: nobody waits
 * @param traceparent W3 trace context that it continues; null where none
 */
public record WalletOrder(
        WalletId wallet,
        UUID id,
        Cause cause,
        WalletCommand command,
        @Nullable String awaitedBy,
        @Nullable String traceparent,
        Instant occurredAt) {

    public WalletOrder {
        requireNonNull(wallet, "wallet");
        requireNonNull(id, "id");
        requireNonNull(cause, "cause");
        requireNonNull(occurredAt, "occurredAt");
        if (command instanceof Flawed(String flaw)) {
            throw new IllegalArgumentException("a command that cannot be was to be given to a wallet: " + flaw);
        }
    }
}
