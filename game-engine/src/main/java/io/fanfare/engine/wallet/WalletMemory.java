package io.fanfare.engine.wallet;

import java.util.Optional;

/** What a wallet remembers of single commands, by their number. */
public interface WalletMemory {

    /** How many outcomes a wallet keeps; an older duplicate is known by its number alone. */
    int KEPT_OUTCOMES = 256;

    /** The outcome of an applied command; empty where it is no longer kept. */
    Optional<RecordedOutcome> outcome(long sequence);

    /** A command that waits for its turn. */
    Optional<NumberedCommand> parked(long sequence);
}
