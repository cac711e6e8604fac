package io.fanfare.bench.verify;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Numbered facts as a consumer must see them: each number of a subject once, the first time it is told. The relay may repeat
 * a number at any age, but only with the same content.
 */
final class FirstTellings {

    private FirstTellings() {}

    /**
     * The facts by subject and number, in the order of the topic. Facts that nobody can read are left out.
     *
     * @param violation told what should not be: other content under the same number, a number that comes out of order, a
     *     subject on two partitions
     */
    static <K, V> Map<K, SequencedMap<Long, Fact<V>>> of(
            List<Fact<V>> facts, Function<V, K> subject, ToLongFunction<V> number, Consumer<String> violation) {
        Map<K, SequencedMap<Long, Fact<V>>> told = new HashMap<>();
        for (Fact<V> fact : facts) {
            V value = fact.value();
            if (value == null) {
                continue;
            }
            K who = subject.apply(value);
            long n = number.applyAsLong(value);
            SequencedMap<Long, Fact<V>> ofSubject = told.computeIfAbsent(who, _ -> new LinkedHashMap<>());
            Fact<V> first = ofSubject.get(n);
            if (first == null) {
                long previous = ofSubject.isEmpty() ? 0 : ofSubject.lastEntry().getKey();
                if (n != previous + 1) {
                    violation.accept("%s: number %d of %s follows %d".formatted(fact.place(), n, who, previous));
                }
                ofSubject.put(n, fact);
            } else if (!first.payload().equals(fact.payload())) {
                violation.accept(
                        "%s: number %d of %s is not what it was at %s".formatted(fact.place(), n, who, first.place()));
            }
            if (ofSubject.firstEntry().getValue().partition() != fact.partition()) {
                violation.accept("%s: %s is on another partition as well".formatted(fact.place(), who));
            }
        }
        return told;
    }
}
