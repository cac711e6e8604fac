package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Settling.Settled;
import io.fanfare.engine.wallet.WalletCommand.Activate;
import io.fanfare.engine.wallet.WalletCommand.Adjust;
import io.fanfare.engine.wallet.WalletCommand.Convert;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.NoOp;
import io.fanfare.engine.wallet.WalletCommand.PlaceHold;
import io.fanfare.engine.wallet.WalletCommand.PostHold;
import io.fanfare.engine.wallet.WalletCommand.Require;
import io.fanfare.engine.wallet.WalletCommand.Reverse;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
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
import java.util.List;
import java.util.Optional;

/**
 * The rules of a wallet. Commands are applied strictly by number, each exactly once: a number seen before changes nothing
 * at any age, a number too high waits for those before it. What was due by the time of a command happens before it.
 */
public final class Wallets {

    /** A command may wait only this many numbers ahead of the last one applied, which bounds how many wait. */
    public static final long MAX_AHEAD = 1_000;

    private Wallets() {}

    /** What becomes of a command. The caller stores the next state, the outcome and what is parked, all or nothing. */
    public static WalletDecision decide(WalletState state, NumberedCommand arrived, WalletMemory memory) {
        if (arrived.sequence() <= state.appliedSequence()) {
            return seenBefore(arrived, memory);
        }
        return arrived.sequence() == state.nextSequence()
                ? apply(state, arrived, memory)
                : tooEarly(state, arrived, memory);
    }

    private static WalletDecision seenBefore(NumberedCommand arrived, WalletMemory memory) {
        RecordedOutcome recorded = memory.outcome(arrived.sequence()).orElse(null);
        if (recorded == null) {
            return new ForgottenDuplicate();
        }
        return recorded.id().equals(arrived.id()) ? new Duplicate(recorded) : new Forked(recorded.id());
    }

    private static WalletDecision tooEarly(WalletState state, NumberedCommand arrived, WalletMemory memory) {
        if (arrived.sequence() - state.appliedSequence() > MAX_AHEAD) {
            return new TooFarAhead(state.nextSequence(), MAX_AHEAD);
        }
        NumberedCommand waiting = memory.parked(arrived.sequence()).orElse(null);
        if (waiting == null) {
            return new Parked(state.parkingOne());
        }
        return waiting.id().equals(arrived.id()) ? new AlreadyParked() : new Forked(waiting.id());
    }

    private static WalletDecision apply(WalletState state, NumberedCommand command, WalletMemory memory) {
        Instant now = command.occurredAt().isAfter(state.clock()) ? command.occurredAt() : state.clock();
        Settled settled = Settling.settle(state, now);
        WalletState before = settled.next();
        var posting = new Posting(before);
        var reversed = new ArrayList<RecordedOutcome>();
        try {
            Declined declined = judge(posting, command, now, memory, reversed).orElse(null);
            if (declined != null) {
                return refused(settled, now, declined);
            }
            WalletState next = posting.next(before.nextSequence(), before.parked(), now, before.settlements());
            List<RecordedOutcome> marked = reversed.stream()
                    .map(outcome -> outcome.reversedBy(command.sequence()))
                    .toList();
            return new Posted(settled.settlements(), new Accepted(posting.entries()), marked, next);
        } catch (ArithmeticException _) {
            return refused(settled, now, new Declined(Refusal.OVERFLOW, "a total would pass 64 bits"));
        }
    }

    private static WalletDecision refused(Settled settled, Instant now, Declined declined) {
        return new Refused(
                settled.settlements(), declined, settled.next().at(now).numbered());
    }

    private static Optional<Declined> judge(
            Posting posting,
            NumberedCommand numbered,
            Instant now,
            WalletMemory memory,
            List<RecordedOutcome> reversed) {
        return switch (numbered.command()) {
            case Credit credit -> Rules.credit(posting, numbered.sequence(), now, credit);
            case CreditEach(List<Credit> credits) -> Rules.creditEach(posting, numbered.sequence(), now, credits);
            case Spend(List<Money> amounts) -> Rules.spend(posting, amounts);
            case Require require -> Rules.require(posting, require);
            case PlaceHold place -> Rules.placeHold(posting, place);
            case PostHold post -> Rules.postHold(posting, post);
            case VoidHold voided -> Rules.voidHold(posting, voided);
            case Convert convert -> Rules.convert(posting, convert);
            case Adjust adjust -> Rules.adjust(posting, adjust);
            case Reverse reverse -> Reversing.reverse(posting, reverse, memory, reversed);
            case TransferOut transfer -> Rules.transferOut(posting, transfer, memory);
            case TransferIn(Money money, List<Lot> lots) -> Rules.transferIn(posting, money, lots);
            case Activate activate -> Rules.activate(posting, activate);
            case NoOp _ -> Optional.empty();
            case Flawed(String flaw) -> Optional.of(new Declined(Refusal.INVALID_COMMAND, flaw));
        };
    }
}
