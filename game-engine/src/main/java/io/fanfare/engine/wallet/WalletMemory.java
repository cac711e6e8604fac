package io.fanfare.engine.wallet;

import java.util.Optional;

/** What a wallet remembers of single commands, by their number. */
public interface WalletMemory {

    /** The outcome of an applied command; empty where it is not kept. */
    Optional<RecordedOutcome> outcome(long sequence);

    /** A command that waits for its turn. */
    Optional<NumberedCommand> parked(long sequence);
}
