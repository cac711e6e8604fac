package io.fanfare.bench.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * How much of the reference ours is, by their medians. Where the reference is not the same from one round to the next, by the worst of
 * ours and the best of the reference: what is enough then is enough however the noise fell.
 *
 * @param atLeast what it has to be
 */
public record Ratio(String what, Series reference, Series ours, double atLeast) {

    /** Of more than this the medians say nothing. */
    static final double MOST_SPREAD_PERCENT = 15;

    /** Whether it is that of the medians. */
    public boolean isOfMedians() {
        return reference.spread() <= MOST_SPREAD_PERCENT;
    }

    public double value() {
        return isOfMedians() ? ours.median() / reference.median() : ours.worst() / reference.best();
    }

    public boolean passed() {
        return value() >= atLeast;
    }

    /** For programs. */
    public void tell(ObjectNode told) {
        told.put("what", what)
                .put("passed", passed())
                .put("at_least", atLeast)
                .put("ratio", value())
                .put("of_medians", isOfMedians())
                .put("reference_median", reference.median())
                .put("reference_spread_percent", reference.spread())
                .put("ours_median", ours.median());
    }

    public String line() {
        String how = isOfMedians()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (our worst round beside its best: the reference spreads by %.0f %%)",
                        reference.spread());
        return String.format(
                Locale.ROOT,
                "  %-4s  %s: %.2f, at least %.1f%s%n        reference: %s%n        ours: %s",
                passed() ? "ok" : "FAIL",
                what,
                value(),
                atLeast,
                how,
                reference.text(),
                ours.text());
    }
}
