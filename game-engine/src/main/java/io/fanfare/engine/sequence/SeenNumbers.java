package io.fanfare.engine.sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * Which numbers of a sequence, counted from 1, have been seen: the highest, and the few that are missing below it. It
 * recognises a repeated number at any age and takes a missing one whenever it comes, so it suits facts whose order does
 * not matter.
 *
 * <p>It stays small: at most {@value #MAX_GAPS} gaps. A number that would need one more is not taken, so that it can be
 * put aside and offered again; forgetting a gap instead would lose the facts in it in silence.
 *
 * @param highest 0 where none has been seen
 * @param gaps ascending, apart from one another, all below the highest
 */
public record SeenNumbers(long highest, List<Gap> gaps) {

    public static final int MAX_GAPS = 256;

    /** Nothing has been seen yet. */
    public static final SeenNumbers NONE = new SeenNumbers(0, List.of());

    /** What a number turned out to be. */
    public sealed interface Sighting {

        /** Never seen before: to be applied, and {@code now} to be kept. */
        record First(SeenNumbers now) implements Sighting {}

        /** Seen before: to be ignored. */
        record Repeated() implements Sighting {}

        /** Too many others are missing to keep account of this one as well: not taken. */
        record TooManyMissing(long highest, int gaps) implements Sighting {}
    }

    public SeenNumbers {
        gaps = List.copyOf(gaps);
        if (highest < 0) {
            throw new IllegalArgumentException("highest is %d, expected 0 or more".formatted(highest));
        }
        long previous = -1;
        for (Gap gap : gaps) {
            if (gap.first() <= previous + 1 || gap.last() >= highest) {
                throw new IllegalArgumentException("%s below %d, expected apart and in order".formatted(gaps, highest));
            }
            previous = gap.last();
        }
    }

    /** Whether this number has been seen. */
    public boolean has(long number) {
        return number <= highest && gaps.stream().noneMatch(gap -> gap.holds(number));
    }

    public Sighting see(long number) {
        if (number < 1) {
            throw new IllegalArgumentException("number is %d, expected 1 or more".formatted(number));
        }
        return number > highest ? seeAhead(number) : seeBelow(number);
    }

    private Sighting seeAhead(long number) {
        if (number == highest + 1) {
            return new Sighting.First(new SeenNumbers(number, gaps));
        }
        var more = new ArrayList<>(gaps);
        more.add(new Gap(highest + 1, number - 1));
        return within(number, more);
    }

    private Sighting seeBelow(long number) {
        var rest = new ArrayList<Gap>(gaps.size() + 1);
        boolean missing = false;
        for (Gap gap : gaps) {
            if (gap.holds(number)) {
                missing = true;
                addWithout(number, gap, rest);
            } else {
                rest.add(gap);
            }
        }
        return missing ? within(highest, rest) : new Sighting.Repeated();
    }

    private static void addWithout(long number, Gap gap, List<Gap> rest) {
        if (gap.first() < number) {
            rest.add(new Gap(gap.first(), number - 1));
        }
        if (number < gap.last()) {
            rest.add(new Gap(number + 1, gap.last()));
        }
    }

    private Sighting within(long newHighest, List<Gap> newGaps) {
        return newGaps.size() > MAX_GAPS
                ? new Sighting.TooManyMissing(highest, gaps.size())
                : new Sighting.First(new SeenNumbers(newHighest, newGaps));
    }
}
