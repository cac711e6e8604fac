package io.fanfare.bench.play;

import java.util.List;
import java.util.Locale;

/** The same measured several times. */
record Series(List<Double> values) {

    Series {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    double best() {
        return values.getLast();
    }

    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    /** From the lowest to the highest, in percent of the median. */
    double spread() {
        return 100 * (values.getLast() - values.getFirst()) / median();
    }

    String text() {
        return String.format(Locale.ROOT, "best %.0f, median %.0f, spread %.0f %%", best(), median(), spread());
    }
}
