package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CommandId;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.PlayerAccount;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Standing;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/** How outcomes of commands and settlements are kept. */
final class OutcomeForm {

    static final Serde<RecordedOutcome> OUTCOMES =
            new Packed<>(OutcomeForm::write, List.of(OutcomeForm::readFirst, OutcomeForm::readSecond));

    static final Serde<Settlement> SETTLEMENTS =
            new Packed<>(OutcomeForm::writeSettlement, List.of(OutcomeForm::readSettlement));

    /** A place in these lists is a code on disk: add at the end, never change. */
    private static final List<CounterAccount> COUNTER_ACCOUNTS = List.of(
            CounterAccount.ISSUANCE,
            CounterAccount.REDEMPTION,
            CounterAccount.BREAKAGE,
            CounterAccount.CONVERSION,
            CounterAccount.TRANSFER,
            CounterAccount.HOLD,
            CounterAccount.PROMISE);

    private static final List<PlayerAccount> ACCOUNTS =
            List.of(PlayerAccount.AVAILABLE, PlayerAccount.HELD, PlayerAccount.PENDING);

    private static final int ACCEPTED = 0;
    private static final int DECLINED = 1;
    private static final int REVERSIBLE = 0;
    private static final int LASTING = 1;
    private static final int REVERSED = 2;
    private static final int MAX_TEXT = 10_000;

    private OutcomeForm() {}

    /** Texts for people have no bound of their own. */
    static String bounded(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    static void writeCause(PackedWriter out, Cause cause) {
        out.text(cause.reason());
        out.text(cause.refId());
    }

    static Cause readCause(PackedReader in) {
        return new Cause(in.text(), in.text());
    }

    private static void write(PackedWriter out, RecordedOutcome outcome) {
        out.text(outcome.id().value());
        out.number(outcome.sequence());
        out.time(outcome.occurredAt());
        writeCause(out, outcome.cause());
        switch (outcome.verdict()) {
            case Accepted(List<LedgerEntry> entries) -> {
                out.oneByte(ACCEPTED);
                writeEntries(out, entries);
            }
            case Declined(Refusal refusal, String detail) -> {
                out.oneByte(DECLINED);
                out.text(refusal.name());
                out.text(bounded(detail));
            }
        }
        switch (outcome.standing()) {
            case Standing.Reversible _ -> out.oneByte(REVERSIBLE);
            case Standing.Lasting _ -> out.oneByte(LASTING);
            case Standing.ReversedBy(long sequence) -> {
                out.oneByte(REVERSED);
                out.number(sequence);
            }
        }
    }

    private static RecordedOutcome readSecond(PackedReader in) {
        return new RecordedOutcome(
                new CommandId(in.text()), in.number(), in.time(), readCause(in), readVerdict(in), readStanding(in));
    }

    private static Verdict readVerdict(PackedReader in) {
        int kind = in.oneByte();
        return switch (kind) {
            case ACCEPTED -> new Accepted(readEntries(in));
            case DECLINED -> new Declined(Refusal.valueOf(in.text()), in.text());
            default -> throw new SerializationException("unknown verdict " + kind);
        };
    }

    private static Standing readStanding(PackedReader in) {
        int kind = in.oneByte();
        return switch (kind) {
            case REVERSIBLE -> Standing.REVERSIBLE;
            case LASTING -> Standing.LASTING;
            case REVERSED -> new Standing.ReversedBy(in.number());
            default -> throw new SerializationException("unknown standing " + kind);
        };
    }

    private static void writeSettlement(PackedWriter out, Settlement settlement) {
        out.number(settlement.number());
        out.number(settlement.afterSequence());
        out.time(settlement.at());
        writeCause(out, settlement.cause());
        writeEntries(out, settlement.entries());
    }

    private static Settlement readSettlement(PackedReader in) {
        return new Settlement(in.number(), in.number(), in.time(), readCause(in), readEntries(in));
    }

    private static void writeEntries(PackedWriter out, List<LedgerEntry> entries) {
        out.number(entries.size());
        for (LedgerEntry entry : entries) {
            out.text(entry.currency().code());
            out.signed(entry.amount());
            out.oneByte(COUNTER_ACCOUNTS.indexOf(entry.counterAccount()));
            out.number(entry.balanceAfter());
            out.oneByte(ACCOUNTS.indexOf(entry.account()));
            StateForm.writeLots(out, entry.lots());
        }
    }

    private static List<LedgerEntry> readEntries(PackedReader in) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            entries.add(new LedgerEntry(
                    new Currency(in.text()),
                    in.signed(),
                    COUNTER_ACCOUNTS.get(in.oneByte()),
                    in.number(),
                    ACCOUNTS.get(in.oneByte()),
                    StateForm.readLots(in)));
        }
        return entries;
    }

    /** The form of the first release: credits and spends, which can all be reversed. */
    private static RecordedOutcome readFirst(PackedReader in) {
        var id = new CommandId(in.fixedText());
        long sequence = in.fixedLong();
        var occurredAt = Instant.ofEpochMilli(in.fixedLong());
        var cause = new Cause(in.fixedText(), in.fixedText());
        if (in.oneByte() == DECLINED) {
            var declined = new Declined(Refusal.valueOf(in.fixedText()), in.fixedText());
            return new RecordedOutcome(id, sequence, occurredAt, cause, declined, Standing.LASTING);
        }
        List<LedgerEntry> entries = new ArrayList<>();
        for (int left = in.fixedInt(); left > 0; left--) {
            entries.add(new LedgerEntry(
                    new Currency(in.fixedText()),
                    in.fixedLong(),
                    CounterAccount.valueOf(in.fixedText()),
                    in.fixedLong()));
        }
        Standing standing = entries.isEmpty() ? Standing.LASTING : Standing.REVERSIBLE;
        return new RecordedOutcome(id, sequence, occurredAt, cause, new Accepted(entries), standing);
    }
}
