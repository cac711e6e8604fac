package io.fanfare.bench.play;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was refused or not answered.
 *
 * @param counts by what was answered instead
 */
record Wrongs(SortedMap<String, Long> counts) {

    static final Wrongs NONE = new Wrongs(new TreeMap<>());

    Wrongs {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    static Wrongs of(Map<String, Long> counts) {
        return new Wrongs(new TreeMap<>(counts));
    }

    boolean isNone() {
        return counts.isEmpty();
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    String text() {
        return "%d refused or unanswered%s".formatted(count(), isNone() ? "" : " " + counts);
    }
}
