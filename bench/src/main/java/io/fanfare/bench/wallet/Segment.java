package io.fanfare.bench.wallet;

import java.util.Map;
import java.util.TreeMap;

/** A part of the topic of commands: where it begins and ends in each partition. */
record Segment(Map<Integer, Long> from, Map<Integer, Long> to) {

    Segment {
        from = new TreeMap<>(from);
        to = new TreeMap<>(to);
    }

    long size() {
        return done(to);
    }

    /** How many of its commands lie before positions. */
    long done(Map<Integer, Long> positions) {
        return from.entrySet().stream()
                .mapToLong(part -> {
                    long position = positions.getOrDefault(part.getKey(), part.getValue());
                    long end = to.getOrDefault(part.getKey(), part.getValue());
                    return Math.clamp(position, part.getValue(), end) - part.getValue();
                })
                .sum();
    }
}
