package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/** What became of an applied command, as it is kept to answer the same command again and to show the ledger. */
public record RecordedOutcome(CommandId id, long sequence, Instant occurredAt, Cause cause, Verdict verdict) {

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

    public RecordedOutcome {
        requireNonNull(id, "id");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(cause, "cause");
        requireNonNull(verdict, "verdict");
    }

    /** What a command came to, once it has been judged. */
    public static RecordedOutcome of(NumberedCommand command, Verdict verdict) {
        return new RecordedOutcome(command.id(), command.sequence(), command.occurredAt(), command.cause(), verdict);
    }
}
