package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command, and how far it is.
 *
 * @param verdict null where the wallets app has not said anything yet, or nobody waits for it
 */
public record CommandStatus(
        WrittenCommand command,
        Instant occurredAt,
        @Nullable Verdict verdict) {

    public CommandStatus {
        requireNonNull(command, "command");
        requireNonNull(occurredAt, "occurredAt");
    }

    public boolean isAccepted() {
        return verdict instanceof Accepted;
    }

    public Optional<Verdict> decided() {
        return Optional.ofNullable(verdict);
    }
}
