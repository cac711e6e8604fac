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
import java.time.Instant;
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
    private final List<Settlement> settlements = new ArrayList<>();
    private WalletState state = WalletState.EMPTY;

    /** The same wallet, to go ways of its own: what a restart finds that was committed. */
    RememberedWallet copy() {
        var copy = new RememberedWallet();
        copy.outcomes.putAll(outcomes);
        copy.waiting.putAll(waiting);
        copy.ledger.addAll(ledger);
        copy.settlements.addAll(settlements);
        copy.state = state;
        return copy;
    }

    @Override
    public Optional<RecordedOutcome> outcome(long sequence) {
        return Optional.ofNullable(outcomes.get(sequence));
    }

    @Override
    public Optional<NumberedCommand> parked(long sequence) {
        return Optional.ofNullable(waiting.get(sequence));
    }

    void forget(long sequence) {
        outcomes.remove(sequence);
    }

    /** A reversed command counts as one that was not. */
    void forgetReversals() {
        outcomes.replaceAll((_, outcome) -> outcome.standing() instanceof RecordedOutcome.Standing.ReversedBy
                ? new RecordedOutcome(
                        outcome.id(),
                        outcome.sequence(),
                        outcome.occurredAt(),
                        outcome.cause(),
                        outcome.verdict(),
                        RecordedOutcome.Standing.REVERSIBLE)
                : outcome);
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

    /** Lets time pass without a command. */
    void settle(Instant until) {
        Settling.Settled settled = Settling.settle(state, until);
        keep(settled.settlements());
        state = settled.next();
    }

    WalletState state() {
        return state;
    }

    /** All entries ever posted, oldest first. */
    List<LedgerEntry> ledger() {
        return ledger;
    }

    List<Settlement> settlements() {
        return settlements;
    }

    private void keep(NumberedCommand command, WalletDecision decision) {
        switch (decision) {
            case Posted(
                    List<Settlement> settled,
                    Verdict.Accepted accepted,
                    List<RecordedOutcome> reversed,
                    WalletState next) -> {
                keep(settled);
                ledger.addAll(accepted.entries());
                reversed.forEach(outcome -> outcomes.put(outcome.sequence(), outcome));
                record(command, accepted, next);
            }
            case Refused(List<Settlement> settled, Verdict.Declined declined, WalletState next) -> {
                keep(settled);
                record(command, declined, next);
            }
            case Parked(WalletState next) -> {
                waiting.put(command.sequence(), command);
                state = next;
            }
            case Duplicate _, ForgottenDuplicate _, Forked _, AlreadyParked _, TooFarAhead _ -> {}
        }
    }

    private void keep(List<Settlement> settled) {
        settlements.addAll(settled);
        settled.forEach(settlement -> ledger.addAll(settlement.entries()));
    }

    private void record(NumberedCommand command, Verdict verdict, WalletState next) {
        outcomes.put(command.sequence(), RecordedOutcome.of(command, verdict));
        state = next;
    }
}
