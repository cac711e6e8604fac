package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.Spend;
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

/**
 * The rules of a wallet. Commands are applied strictly by number, each exactly once: a number seen before changes nothing
 * at any age, a number too high waits for those before it.
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
        return arrived.sequence() == state.nextSequence() ? apply(state, arrived) : tooEarly(state, arrived, memory);
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

    private static WalletDecision apply(WalletState state, NumberedCommand command) {
        return switch (command.command()) {
            case Credit(List<Money> amounts) -> credit(state, amounts);
            case Spend(List<Money> amounts) -> spend(state, amounts);
            case Flawed(String flaw) -> refuse(state, Refusal.INVALID_COMMAND, flaw);
        };
    }

    private static WalletDecision credit(WalletState state, List<Money> amounts) {
        var posting = new Posting(state);
        for (Money money : amounts) {
            try {
                posting.credit(money);
            } catch (ArithmeticException _) {
                return overflow(state, posting, money);
            }
        }
        return posting.posted();
    }

    private static WalletDecision spend(WalletState state, List<Money> amounts) {
        var posting = new Posting(state);
        for (Money money : amounts) {
            if (!posting.balance(money.currency()).covers(money.amount())) {
                return refuse(
                        state,
                        Refusal.INSUFFICIENT_BALANCE,
                        "%d %s available, %d asked for"
                                .formatted(
                                        posting.balance(money.currency()).available(),
                                        money.currency(),
                                        money.amount()));
            }
            try {
                posting.spend(money);
            } catch (ArithmeticException _) {
                return overflow(state, posting, money);
            }
        }
        return posting.posted();
    }

    private static WalletDecision overflow(WalletState state, Posting posting, Money money) {
        return refuse(
                state,
                Refusal.OVERFLOW,
                "%s on top of %s would pass 64 bits".formatted(money, posting.balance(money.currency())));
    }

    private static WalletDecision refuse(WalletState state, Refusal refusal, String detail) {
        return new Refused(new Declined(refusal, detail), state.applied(Map.of()));
    }

    /** The entries of one command as they come together; dropped whole where one of them cannot be. */
    private static final class Posting {
        private final WalletState before;
        private final Map<Currency, Balance> changed = new HashMap<>();
        private final List<LedgerEntry> entries = new ArrayList<>();

        Posting(WalletState before) {
            this.before = before;
        }

        Balance balance(Currency currency) {
            Balance inProgress = changed.get(currency);
            return inProgress == null ? before.balance(currency) : inProgress;
        }

        void credit(Money money) {
            Balance after = balance(money.currency()).earning(money.amount());
            enter(money.currency(), money.amount(), CounterAccount.ISSUANCE, after);
        }

        void spend(Money money) {
            Balance after = balance(money.currency()).spending(money.amount());
            enter(money.currency(), -money.amount(), CounterAccount.REDEMPTION, after);
        }

        Posted posted() {
            return new Posted(new Accepted(entries), before.applied(changed));
        }

        private void enter(Currency currency, long amount, CounterAccount from, Balance after) {
            changed.put(currency, after);
            entries.add(new LedgerEntry(currency, amount, from, after.available()));
        }
    }
}
