package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.wallet.WalletId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command as the database keeps it.
 *
 * @param number its place in the history of its wallet
 * @param awaitedBy as of the order that it was given with
 * @param isNew false: it was there before, and nothing was written
 */
public record WrittenCommand(
        WalletId wallet, UUID id, long number, @Nullable String awaitedBy, boolean isNew) {

    public WrittenCommand {
        requireNonNull(wallet, "wallet");
        requireNonNull(id, "id");
    }

    WrittenCommand known() {
        return new WrittenCommand(wallet, id, number, awaitedBy, false);
    }
}
