package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What became of an applied command, as it is kept to answer the same command again, to show the ledger, and to reverse it.
 *
 * @param standing whether it can be reversed
 */
public record RecordedOutcome(
        CommandId id, long sequence, Instant occurredAt, Cause cause, Verdict verdict, Standing standing) {

    /** Accepted or refused. */
    public sealed interface Verdict {

        /** The command moved these amounts; none for a no-op. */
        record Accepted(List<LedgerEntry> entries) implements Verdict {
            public Accepted {
                entries = List.copyOf(entries);
            }
        }

        /**
         * The command moved nothing.
         *
         * @param detail what was asked for and what was there, for people
         */
        record Declined(Refusal refusal, String detail) implements Verdict {
            public Declined {
                requireNonNull(refusal, "refusal");
                requireNonNull(detail, "detail");
            }
        }
    }

    /** What a reversal may do with a command. */
    public sealed interface Standing {

        Standing REVERSIBLE = new Reversible();
        Standing LASTING = new Lasting();

        record Reversible() implements Standing {}

        /** It moved nothing, or what it moved has ways of its own to go back. */
        record Lasting() implements Standing {}

        record ReversedBy(long sequence) implements Standing {}
    }

    public RecordedOutcome {
        requireNonNull(id, "id");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(cause, "cause");
        requireNonNull(verdict, "verdict");
        requireNonNull(standing, "standing");
    }

    /** What a command came to, once it has been judged. */
    public static RecordedOutcome of(NumberedCommand command, Verdict verdict) {
        return new RecordedOutcome(
                command.id(),
                command.sequence(),
                command.occurredAt(),
                command.cause(),
                verdict,
                Reversing.standing(command.command(), verdict));
    }

    RecordedOutcome reversedBy(long reversal) {
        return new RecordedOutcome(id, sequence, occurredAt, cause, verdict, new Standing.ReversedBy(reversal));
    }
}
