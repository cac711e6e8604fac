package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An entry at its place in a player's ledger, which runs from the newest to the oldest.
 *
 * @param place where it stands among all entries of the player
 */
record LedgerLine(Place place, RecordedOutcome outcome, LedgerEntry entry) {

    static final Comparator<LedgerLine> NEWEST_FIRST = Comparator.comparing(LedgerLine::place, Place.NEWEST_FIRST);

    /**
     * A place in the ledger.
     *
     * @param index among the entries of one command
     */
    record Place(Instant at, String scope, long sequence, int index) {

        static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::at)
                .thenComparing(Place::scope)
                .thenComparingLong(Place::sequence)
                .thenComparingInt(Place::index)
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
                    Integer.parseInt(parts[3]));
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
            case Accepted(List<LedgerEntry> entries) -> {
                List<LedgerLine> lines = new ArrayList<>();
                for (int index = 0; index < entries.size(); index++) {
                    var place = new Place(outcome.occurredAt(), scope, outcome.sequence(), index);
                    lines.add(new LedgerLine(place, outcome, entries.get(index)));
                }
                yield lines;
            }
        };
    }
}
