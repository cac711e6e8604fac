package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A command with its place in the history of its wallet.
 *
 * @param sequence the wallet's next number when the command was committed, from 1 and without gaps
 */
public record NumberedCommand(CommandId id, long sequence, Instant occurredAt, Cause cause, WalletCommand command) {

    public NumberedCommand {
        requireNonNull(id, "id");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(cause, "cause");
        requireNonNull(command, "command");
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence is %d, expected at least 1".formatted(sequence));
        }
    }
}
