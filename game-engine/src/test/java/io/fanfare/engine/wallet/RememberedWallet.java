package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.WalletDecision.AlreadyParked;
import io.fanfare.engine.wallet.WalletDecision.Duplicate;
import io.fanfare.engine.wallet.WalletDecision.ForgottenDuplicate;
import io.fanfare.engine.wallet.WalletDecision.Forked;
import io.fanfare.engine.wallet.WalletDecision.Parked;
import io.fanfare.engine.wallet.WalletDecision.Posted;
import io.fanfare.engine.wallet.WalletDecision.Refused;
import io.fanfare.engine.wallet.WalletDecision.TooFarAhead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A wallet with its memory in maps: what a store does for the engine, without one. */
final class RememberedWallet implements WalletMemory {

    private final Map<Long, RecordedOutcome> outcomes = new HashMap<>();
    private final Map<Long, NumberedCommand> waiting = new HashMap<>();
    private final List<LedgerEntry> ledger = new ArrayList<>();
    private WalletState state = WalletState.EMPTY;

    @Override
    public Optional<RecordedOutcome> outcome(long sequence) {
        return Optional.ofNullable(outcomes.get(sequence));
    }

    @Override
    public Optional<NumberedCommand> parked(long sequence) {
        return Optional.ofNullable(waiting.get(sequence));
    }

    /** Lets a command arrive, and everything that waited for it be applied; answers what became of the command itself. */
    WalletDecision receive(NumberedCommand command) {
        WalletDecision decision = Wallets.decide(state, command, this);
        keep(command, decision);
        for (NumberedCommand next = waiting.remove(state.nextSequence());
                next != null;
                next = waiting.remove(state.nextSequence())) {
            state = state.unparkingOne();
            keep(next, Wallets.decide(state, next, this));
        }
        return decision;
    }

    WalletState state() {
        return state;
    }

    /** All entries ever posted, oldest first. */
    List<LedgerEntry> ledger() {
        return ledger;
    }

    private void keep(NumberedCommand command, WalletDecision decision) {
        switch (decision) {
            case Posted(Verdict.Accepted accepted, WalletState next) -> {
                ledger.addAll(accepted.entries());
                record(command, accepted, next);
            }
            case Refused(Verdict.Declined declined, WalletState next) -> record(command, declined, next);
            case Parked(WalletState next) -> {
                waiting.put(command.sequence(), command);
                state = next;
            }
            case Duplicate _, ForgottenDuplicate _, Forked _, AlreadyParked _, TooFarAhead _ -> {}
        }
    }

    private void record(NumberedCommand command, Verdict verdict, WalletState next) {
        outcomes.put(command.sequence(), RecordedOutcome.of(command, verdict));
        outcomes.remove(command.sequence() - WalletMemory.KEPT_OUTCOMES);
        state = next;
    }
}
