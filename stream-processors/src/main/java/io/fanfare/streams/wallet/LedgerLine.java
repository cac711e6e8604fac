package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Standing.ReversedBy;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry at its place in a player's ledger, which runs from the newest to the oldest.
 *
 * @param place where it stands among all entries of the player
 * @param reversedBy number of the command that undid the one of the entry; null where none has
 */
record LedgerLine(
        Place place,
        Cause cause,
        LedgerEntry entry,
        @Nullable Long reversedBy) {

    /** More than any command has. */
    private static final long MOST_ENTRIES = 1_000_000;

    static final Comparator<LedgerLine> NEWEST_FIRST = Comparator.comparing(LedgerLine::place, Place.NEWEST_FIRST);

    /**
     * A place in the ledger.
     *
     * @param sequence of the command, or of the last one before a settlement
     * @param index among the entries of one command; those of settlements come behind them
     */
    record Place(Instant at, String scope, long sequence, long index) {

        static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::at)
                .thenComparing(Place::scope)
                .thenComparingLong(Place::sequence)
                .thenComparingLong(Place::index)
                .reversed();

        private static final String SEPARATOR = "/";
        private static final int PARTS = 4;

        /** @throws IllegalArgumentException where the text is none that {@link #toString} gave */
        static Place parse(String text) {
            String[] parts = text.split(SEPARATOR, -1);
            if (parts.length != PARTS) {
                throw new IllegalArgumentException("'%s' is no place in a ledger".formatted(text));
            }
            return new Place(
                    Instant.ofEpochMilli(Long.parseLong(parts[0])),
                    parts[1],
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]));
        }

        /** Of a command: where its first entry is, with its others in front of it. */
        static Place of(String scope, RecordedOutcome outcome) {
            return new Place(outcome.occurredAt(), scope, outcome.sequence(), 0);
        }

        /** Of a settlement: where its first entry is, with its others in front of it. */
        static Place of(String scope, Settlement settlement) {
            long first = Math.multiplyExact(settlement.number(), MOST_ENTRIES);
            return new Place(settlement.at(), scope, settlement.afterSequence(), first);
        }

        boolean isBehind(Place other) {
            return NEWEST_FIRST.compare(this, other) > 0;
        }

        @Override
        public String toString() {
            return at.toEpochMilli() + SEPARATOR + scope + SEPARATOR + sequence + SEPARATOR + index;
        }
    }

    /** The entries of a command; none where it was refused. */
    static List<LedgerLine> of(String scope, RecordedOutcome outcome) {
        return switch (outcome.verdict()) {
            case Declined _ -> List.of();
            case Accepted(List<LedgerEntry> entries) ->
                lines(
                        Place.of(scope, outcome),
                        outcome.cause(),
                        entries,
                        outcome.standing() instanceof ReversedBy(long reversal) ? reversal : null);
        };
    }

    /** The entries of a settlement. */
    static List<LedgerLine> of(String scope, Settlement settlement) {
        return lines(Place.of(scope, settlement), settlement.cause(), settlement.entries(), null);
    }

    private static List<LedgerLine> lines(
            Place first, Cause cause, List<LedgerEntry> entries, @Nullable Long reversedBy) {
        List<LedgerLine> lines = new ArrayList<>();
        for (LedgerEntry entry : entries) {
            var place = new Place(first.at(), first.scope(), first.sequence(), first.index() + lines.size());
            lines.add(new LedgerLine(place, cause, entry, reversedBy));
        }
        return lines;
    }
}
