package io.fanfare.engine.memory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Counts per thing, ever and per UTC day. */
final class Counters<K> {

    private final Map<K, Long> ever = new HashMap<>();
    private final Map<OnDay<K>, Long> perDay = new HashMap<>();

    private record OnDay<K>(K key, LocalDate day) {}

    void count(K key, Instant at) {
        ever.merge(key, 1L, Long::sum);
        perDay.merge(new OnDay<>(key, day(at)), 1L, Long::sum);
    }

    long ever(K key) {
        return ever.getOrDefault(key, 0L);
    }

    long on(K key, Instant day) {
        return perDay.getOrDefault(new OnDay<>(key, day(day)), 0L);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
