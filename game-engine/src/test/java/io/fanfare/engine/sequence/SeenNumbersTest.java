package io.fanfare.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.sequence.SeenNumbers.Sighting;
import io.fanfare.engine.sequence.SeenNumbers.Sighting.First;
import io.fanfare.engine.sequence.SeenNumbers.Sighting.Repeated;
import io.fanfare.engine.sequence.SeenNumbers.Sighting.TooManyMissing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenNumbersTest {

    @Test
    void numbers_in_order_leave_no_gap() {
        SeenNumbers seen = after(1, 2, 3);

        assertThat(seen).isEqualTo(new SeenNumbers(3, List.of()));
    }

    @Test
    void a_number_seen_before_is_repeated_whatever_its_age() {
        SeenNumbers seen = after(LongStream.rangeClosed(1, 10_000).toArray());

        assertThat(seen.see(10_000)).isEqualTo(new Repeated());
        assertThat(seen.see(1)).isEqualTo(new Repeated());
    }

    @Test
    void a_missing_number_is_taken_when_it_comes_and_then_never_again() {
        SeenNumbers seen = after(1, 2, 6);

        SeenNumbers filled = taken(seen.see(4));

        assertThat(filled).isEqualTo(new SeenNumbers(6, List.of(new Gap(3, 3), new Gap(5, 5))));
        assertThat(filled.see(4)).isEqualTo(new Repeated());
    }

    @Test
    void it_has_what_was_seen_and_nothing_else() {
        SeenNumbers seen = after(1, 2, 6);

        assertThat(LongStream.rangeClosed(1, 7).filter(seen::has)).containsExactly(1L, 2L, 6L);
    }

    @Test
    void the_first_number_may_be_missing_too() {
        SeenNumbers seen = after(3);

        assertThat(seen.gaps()).containsExactly(new Gap(1, 2));
    }

    @Test
    void a_number_that_needs_one_gap_too_many_is_not_taken_and_nothing_is_forgotten() {
        SeenNumbers full = after(LongStream.rangeClosed(1, SeenNumbers.MAX_GAPS)
                .map(number -> 2 * number)
                .toArray());

        Sighting ahead = full.see(2 * SeenNumbers.MAX_GAPS + 2);
        Sighting next = full.see(2 * SeenNumbers.MAX_GAPS + 1);
        Sighting missing = full.see(1);

        assertThat(ahead).isEqualTo(new TooManyMissing(2 * SeenNumbers.MAX_GAPS, SeenNumbers.MAX_GAPS));
        assertThat(next).isInstanceOf(First.class);
        assertThat(taken(missing).gaps()).hasSize(SeenNumbers.MAX_GAPS - 1);
    }

    @Test
    void numbers_start_at_one() {
        assertThatThrownBy(() -> SeenNumbers.NONE.see(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void gaps_that_touch_or_reach_the_highest_are_refused() {
        assertThatThrownBy(() -> new SeenNumbers(9, List.of(new Gap(1, 2), new Gap(3, 4))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SeenNumbers(4, List.of(new Gap(1, 4))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agrees_with_a_set_of_all_numbers_under_disorder_and_repetition(long seed) {
        var random = new Random(seed);
        List<Long> numbers =
                new ArrayList<>(LongStream.rangeClosed(1, 2_000).boxed().toList());
        for (int i = 0; i < 2_000; i++) {
            numbers.add(random.nextLong(1, 2_001));
        }
        Collections.shuffle(numbers, random);
        Set<Long> model = new HashSet<>();
        SeenNumbers seen = SeenNumbers.NONE;

        for (long number : numbers) {
            switch (seen.see(number)) {
                case First(SeenNumbers now) -> {
                    assertThat(model.add(number)).isTrue();
                    seen = now;
                }
                case Repeated() -> assertThat(model).contains(number);
                case TooManyMissing(long _, int gaps) -> {
                    assertThat(model).doesNotContain(number);
                    assertThat(gaps).isEqualTo(SeenNumbers.MAX_GAPS);
                }
            }
        }

        assertThat(numbersIn(seen)).isEqualTo(model);
    }

    private static Set<Long> numbersIn(SeenNumbers seen) {
        Set<Long> numbers =
                new HashSet<>(LongStream.rangeClosed(1, seen.highest()).boxed().toList());
        seen.gaps()
                .forEach(gap -> LongStream.rangeClosed(gap.first(), gap.last()).forEach(numbers::remove));
        return numbers;
    }

    private static SeenNumbers after(long... numbers) {
        SeenNumbers seen = SeenNumbers.NONE;
        for (long number : numbers) {
            seen = taken(seen.see(number));
        }
        return seen;
    }

    private static SeenNumbers taken(Sighting sighting) {
        assertThat(sighting).isInstanceOf(First.class);
        return ((First) sighting).now();
    }
}
