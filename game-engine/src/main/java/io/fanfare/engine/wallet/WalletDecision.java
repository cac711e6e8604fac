package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import java.util.List;

/** What becomes of a command that arrives at a wallet. */
public sealed interface WalletDecision {

    /**
     * Applied: the entries are in, the number is used.
     *
     * @param settled what was due before it
     * @param reversed earlier outcomes that cannot be reversed again, to be kept instead of what was known of them
     */
    record Posted(List<Settlement> settled, Accepted accepted, List<RecordedOutcome> reversed, WalletState next)
            implements WalletDecision {
        public Posted {
            settled = List.copyOf(settled);
            reversed = List.copyOf(reversed);
        }
    }

    /**
     * Judged and refused: the command moved nothing, the number is used.
     *
     * @param settled what was due before it
     */
    record Refused(List<Settlement> settled, Declined declined, WalletState next) implements WalletDecision {
        public Refused {
            settled = List.copyOf(settled);
        }
    }

    /** It was applied before; this came of it. */
    record Duplicate(RecordedOutcome recorded) implements WalletDecision {}

    /** Its number was applied so long ago that the outcome is not known; no number is applied twice, whatever its age. */
    record ForgottenDuplicate() implements WalletDecision {}

    /**
     * Another command has its number: the database that numbers them lost or split its history. Somebody must look; the
     * first command stays.
     */
    record Forked(CommandId holder) implements WalletDecision {}

    /** It came too early, and waits for the numbers before it. */
    record Parked(WalletState next) implements WalletDecision {}

    /** It came too early again, and waits already. */
    record AlreadyParked() implements WalletDecision {}

    /** It came so much too early that it cannot wait here. */
    record TooFarAhead(long missingFrom, long bound) implements WalletDecision {}
}
