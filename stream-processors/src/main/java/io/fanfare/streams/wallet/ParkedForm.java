package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CommandId;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.WalletCommand;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** How commands are kept that wait for their turn. */
final class ParkedForm {

    static final Serde<ParkedCommand> SERDE =
            new Packed<>(ParkedForm::write, List.of(ParkedForm::readFirst, ParkedForm::readSecond));

    // Codes on disk: never change one.
    private static final int CREDIT = 0;
    private static final int SPEND = 1;
    private static final int FLAWED = 2;
    private static final int REQUIRE = 3;
    private static final int PLACE_HOLD = 4;
    private static final int POST_HOLD = 5;
    private static final int VOID_HOLD = 6;
    private static final int CONVERT = 7;
    private static final int ADJUST = 8;
    private static final int REVERSE = 9;
    private static final int TRANSFER_OUT = 10;
    private static final int TRANSFER_IN = 11;
    private static final int ACTIVATE = 12;
    private static final int NO_OP = 13;
    private static final int ADJUST_UNEARNED = 14;
    private static final int CREDIT_EACH = 15;
    private static final int REVERSE_REVERSIBLY = 16;
    private static final int TRANSFER_BACK = 17;

    private static final int AT_ONCE = 0;
    private static final int AT = 1;
    private static final int ON_ACTION = 2;

    private ParkedForm() {}

    private static void write(PackedWriter out, ParkedCommand parked) {
        NumberedCommand command = parked.command();
        out.text(command.id().value());
        out.number(command.sequence());
        out.time(command.occurredAt());
        OutcomeForm.writeCause(out, command.cause());
        writeCommand(out, command.command());
        String traceparent = parked.traceparent();
        out.flag(traceparent != null);
        if (traceparent != null) {
            out.text(OutcomeForm.bounded(traceparent));
        }
    }

    private static ParkedCommand readSecond(PackedReader in) {
        var command = new NumberedCommand(
                new CommandId(in.text()), in.number(), in.time(), OutcomeForm.readCause(in), readCommand(in));
        return new ParkedCommand(command, in.flag() ? in.text() : null);
    }

    private static void writeCredit(PackedWriter out, Credit credit) {
        writeAmounts(out, credit.amounts());
        writeActivation(out, credit.activation());
        out.optionalTime(credit.expiresAt());
    }

    private static Credit readCredit(PackedReader in) {
        return new Credit(readAmounts(in), readActivation(in), in.optionalTime());
    }

    private static List<Credit> readCredits(PackedReader in) {
        List<Credit> credits = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            credits.add(readCredit(in));
        }
        return credits;
    }

    private static void writeCommand(PackedWriter out, WalletCommand command) {
        switch (command) {
            case Credit credit -> {
                out.oneByte(CREDIT);
                writeCredit(out, credit);
            }
            case CreditEach(List<Credit> credits) -> {
                out.oneByte(CREDIT_EACH);
                out.number(credits.size());
                credits.forEach(credit -> writeCredit(out, credit));
            }
            case Spend(List<Money> amounts) -> {
                out.oneByte(SPEND);
                writeAmounts(out, amounts);
            }
            case Flawed(String flaw) -> {
                out.oneByte(FLAWED);
                out.text(OutcomeForm.bounded(flaw));
            }
            case Require(String grant, Money earned) -> {
                out.oneByte(REQUIRE);
                out.text(grant);
                StateForm.writeMoney(out, earned);
            }
            case PlaceHold(HoldId hold, Money money, Instant expiresAt) -> {
                out.oneByte(PLACE_HOLD);
                out.text(hold.value());
                StateForm.writeMoney(out, money);
                out.time(expiresAt);
            }
            case PostHold(HoldId hold, Long amount) -> {
                out.oneByte(POST_HOLD);
                out.text(hold.value());
                out.number(amount == null ? 0 : amount);
            }
            case VoidHold(HoldId hold) -> {
                out.oneByte(VOID_HOLD);
                out.text(hold.value());
            }
            case Convert(Money from, Currency to, ConversionRate rate) -> {
                out.oneByte(CONVERT);
                StateForm.writeMoney(out, from);
                out.text(to.code());
                out.number(rate.from());
                out.number(rate.to());
            }
            case Adjust(Currency currency, long delta, boolean countsAsEarned) -> {
                out.oneByte(countsAsEarned ? ADJUST : ADJUST_UNEARNED);
                out.text(currency.code());
                out.signed(delta);
            }
            case Reverse(List<Long> sequences, boolean partial, boolean reversible) -> {
                out.oneByte(reversible ? REVERSE_REVERSIBLY : REVERSE);
                out.number(sequences.size());
                sequences.forEach(out::signed);
                out.flag(partial);
            }
            case TransferOut(Money money, Long givesBack) -> {
                out.oneByte(givesBack == null ? TRANSFER_OUT : TRANSFER_BACK);
                StateForm.writeMoney(out, money);
                if (givesBack != null) {
                    out.number(givesBack);
                }
            }
            case TransferIn(Money money, List<Lot> lots) -> {
                out.oneByte(TRANSFER_IN);
                StateForm.writeMoney(out, money);
                StateForm.writeLots(out, lots);
            }
            case Activate(String action) -> {
                out.oneByte(ACTIVATE);
                out.text(action);
            }
            case NoOp _ -> out.oneByte(NO_OP);
        }
    }

    private static WalletCommand readCommand(PackedReader in) {
        int kind = in.oneByte();
        return switch (kind) {
            case CREDIT -> readCredit(in);
            case CREDIT_EACH -> new CreditEach(readCredits(in));
            case SPEND -> new Spend(readAmounts(in));
            case FLAWED -> new Flawed(in.text());
            case REQUIRE -> new Require(in.text(), StateForm.readMoney(in));
            case PLACE_HOLD -> new PlaceHold(new HoldId(in.text()), StateForm.readMoney(in), in.time());
            case POST_HOLD -> new PostHold(new HoldId(in.text()), allIfZero(in.number()));
            case VOID_HOLD -> new VoidHold(new HoldId(in.text()));
            case CONVERT ->
                new Convert(
                        StateForm.readMoney(in), new Currency(in.text()), new ConversionRate(in.number(), in.number()));
            case ADJUST -> new Adjust(new Currency(in.text()), in.signed(), true);
            case ADJUST_UNEARNED -> new Adjust(new Currency(in.text()), in.signed(), false);
            case REVERSE -> new Reverse(readSequences(in), in.flag(), false);
            case REVERSE_REVERSIBLY -> new Reverse(readSequences(in), in.flag(), true);
            case TRANSFER_OUT -> new TransferOut(StateForm.readMoney(in));
            case TRANSFER_BACK -> new TransferOut(StateForm.readMoney(in), in.number());
            case TRANSFER_IN -> new TransferIn(StateForm.readMoney(in), StateForm.readLots(in));
            case ACTIVATE -> new Activate(in.text());
            case NO_OP -> new NoOp();
            default -> throw new SerializationException("unknown command " + kind);
        };
    }

    private static @Nullable Long allIfZero(long amount) {
        return amount == 0 ? null : amount;
    }

    private static void writeActivation(PackedWriter out, Activation activation) {
        switch (activation) {
            case Activation.AtOnce _ -> out.oneByte(AT_ONCE);
            case Activation.At(Instant time) -> {
                out.oneByte(AT);
                out.time(time);
            }
            case Activation.OnAction(String action) -> {
                out.oneByte(ON_ACTION);
                out.text(action);
            }
        }
    }

    private static Activation readActivation(PackedReader in) {
        int kind = in.oneByte();
        return switch (kind) {
            case AT_ONCE -> Activation.AT_ONCE;
            case AT -> new Activation.At(in.time());
            case ON_ACTION -> new Activation.OnAction(in.text());
            default -> throw new SerializationException("unknown activation " + kind);
        };
    }

    private static void writeAmounts(PackedWriter out, List<Money> amounts) {
        out.number(amounts.size());
        amounts.forEach(money -> StateForm.writeMoney(out, money));
    }

    private static List<Money> readAmounts(PackedReader in) {
        List<Money> amounts = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            amounts.add(StateForm.readMoney(in));
        }
        return amounts;
    }

    private static List<Long> readSequences(PackedReader in) {
        List<Long> sequences = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            sequences.add(in.signed());
        }
        return sequences;
    }

    /** The form of the first release. */
    private static ParkedCommand readFirst(PackedReader in) {
        var id = new CommandId(in.fixedText());
        long sequence = in.fixedLong();
        var occurredAt = Instant.ofEpochMilli(in.fixedLong());
        var cause = new Cause(in.fixedText(), in.fixedText());
        int kind = in.oneByte();
        WalletCommand command = switch (kind) {
            case CREDIT -> new Credit(readFirstAmounts(in));
            case SPEND -> new Spend(readFirstAmounts(in));
            case FLAWED -> new Flawed(in.fixedText());
            default -> throw new SerializationException("unknown command " + kind);
        };
        String traceparent = in.flag() ? in.fixedText() : null;
        return new ParkedCommand(new NumberedCommand(id, sequence, occurredAt, cause, command), traceparent);
    }

    private static List<Money> readFirstAmounts(PackedReader in) {
        List<Money> amounts = new ArrayList<>();
        for (int left = in.fixedInt(); left > 0; left--) {
            amounts.add(new Money(new Currency(in.fixedText()), in.fixedLong()));
        }
        return amounts;
    }
}
