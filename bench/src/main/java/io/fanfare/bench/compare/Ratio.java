package io.fanfare.bench.compare;

import java.util.Locale;

/**
 * How much of the reference ours is, by their medians.
 *
 * @param atLeast what it has to be
 */
public record Ratio(String what, Series reference, Series ours, double atLeast) {

    /** Where the reference itself is not the same from one round to the next, a ratio to it says nothing. */
    static final double MOST_SPREAD_PERCENT = 15;

    public boolean isMeaningful() {
        return reference.spread() <= MOST_SPREAD_PERCENT;
    }

    public double value() {
        return ours.median() / reference.median();
    }

    public boolean passed() {
        return isMeaningful() && value() >= atLeast;
    }

    public String line() {
        String ratio = isMeaningful()
                ? String.format(Locale.ROOT, "%.2f, at least %.1f", value(), atLeast)
                : String.format(Locale.ROOT, "no ratio: the reference spreads by %.0f %%", reference.spread());
        return "  %-4s  %s: %s%n        reference: %s%n        ours: %s"
                .formatted(passed() ? "ok" : "FAIL", what, ratio, reference.text(), ours.text());
    }
}
