package io.fanfare.engine.shape;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.fairness.Odds;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Things to draw from, each with a weight.
 *
 * @param <T> what is drawn
 */
final class Chances<T> {

    private final List<T> things;
    private final Odds odds;

    private Chances(List<T> things, Odds odds) {
        this.things = things;
        this.odds = odds;
    }

    /** Empty where nothing weighs anything. */
    static <T> Optional<Chances<T>> of(List<T> things, Function<T, BigDecimal> weight) {
        List<BigDecimal> weights = things.stream().map(weight).toList();
        return weights.stream().anyMatch(one -> one.signum() > 0)
                ? Optional.of(new Chances<>(List.copyOf(things), Odds.of(weights)))
                : Optional.empty();
    }

    List<T> things() {
        return things;
    }

    /**
     * The chances of all that {@code key} names alike, together, of 1.
     *
     * @param key empty: not among those asked for
     */
    <K> Map<K, Double> oddsBy(Function<T, Optional<K>> key) {
        var byKey = new HashMap<K, Double>();
        for (int place = 0; place < things.size(); place++) {
            double chance = odds.chance(place);
            key.apply(things.get(place)).ifPresent(name -> byKey.merge(name, chance, Double::sum));
        }
        return Map.copyOf(byKey);
    }

    T draw(Draws draws) {
        return requireNonNull(things.get(odds.pick(draws)));
    }

    /** Among those that are allowed; empty where none of them weighs anything. */
    Optional<T> draw(Draws draws, Predicate<T> isAllowed) {
        int picked = odds.pick(draws, place -> isAllowed.test(things.get(place)));
        return picked < 0 ? Optional.empty() : Optional.of(things.get(picked));
    }
}
