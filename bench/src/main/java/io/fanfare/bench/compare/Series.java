package io.fanfare.bench.compare;

import java.util.List;
import java.util.Locale;

/** The same measured several times. */
public record Series(List<Double> values) {

    public Series {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** Of rates. */
    public double best() {
        return values.getLast();
    }

    /** Of rates. */
    public double worst() {
        return values.getFirst();
    }

    /** The best of times. */
    public double shortest() {
        return values.getFirst();
    }

    public double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    /** From the lowest to the highest, in percent of the median. */
    public double spread() {
        return 100 * (values.getLast() - values.getFirst()) / median();
    }

    public String text() {
        return String.format(Locale.ROOT, "best %.0f, median %.0f, spread %.0f %%", best(), median(), spread());
    }
}
