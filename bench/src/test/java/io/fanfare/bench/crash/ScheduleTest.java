package io.fanfare.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.bench.crash.Kill.When;
import io.fanfare.bench.platform.Victim;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final Victim EVERYTHING = new Victim("everything", true);
    private static final Victim JVM = new Victim("jvm", true);
    private static final Victim DATABASE = new Victim("database", false);
    private static final Victim REGISTRY = new Victim("registry", false);
    private static final List<Victim> ALL = List.of(EVERYTHING, JVM, DATABASE, REGISTRY);

    @Test
    void a_seed_always_stands_for_the_same_kills_and_another_one_for_others() {
        assertThat(Schedule.of(7, 20, ALL)).isEqualTo(Schedule.of(7, 20, ALL)).isNotEqualTo(Schedule.of(8, 20, ALL));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10, 50})
    void one_in_ten_comes_during_the_start_and_follows_one_that_ended_the_platform(int kills) {
        for (long seed = 0; seed < 200; seed++) {
            List<Kill> schedule = Schedule.of(seed, kills, ALL);

            assertThat(schedule).as("seed %d", seed).hasSize(kills);
            assertThat(schedule.getFirst().when()).as("seed %d", seed).isEqualTo(When.UNDER_LOAD);
            int duringStart = 0;
            for (int i = 1; i < kills; i++) {
                if (schedule.get(i).when() == When.DURING_START) {
                    duringStart++;
                    assertThat(schedule.get(i).victim().endsPlatform())
                            .as("seed %d", seed)
                            .isTrue();
                    assertThat(schedule.get(i - 1).victim().endsPlatform())
                            .as("seed %d", seed)
                            .isTrue();
                    assertThat(schedule.get(i - 1).when()).as("seed %d", seed).isEqualTo(When.UNDER_LOAD);
                }
            }
            assertThat(duringStart).as("seed %d", seed).isEqualTo(Math.max(1, kills / 10));
        }
    }

    @Test
    void everybody_dies_before_long() {
        for (long seed = 0; seed < 200; seed++) {
            Set<Victim> dead = new HashSet<>();
            Schedule.of(seed, 10, ALL).forEach(kill -> dead.add(kill.victim()));

            assertThat(dead).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    @Test
    void no_moment_is_beyond_its_bound() {
        for (Kill kill : Schedule.of(1, 1000, ALL)) {
            assertThat(kill.after())
                    .isLessThan(
                            kill.when() == When.UNDER_LOAD
                                    ? Schedule.LONGEST_UNDER_LOAD
                                    : Schedule.LONGEST_DURING_START);
        }
    }

    @Test
    void a_single_kill_comes_under_load() {
        assertThat(Schedule.of(3, 1, ALL))
                .singleElement()
                .extracting(Kill::when)
                .isEqualTo(When.UNDER_LOAD);
    }

    @Test
    void what_makes_no_schedule_is_refused() {
        assertThatThrownBy(() -> Schedule.of(1, 0, ALL)).hasMessageContaining("0 kills");
        assertThatThrownBy(() -> Schedule.of(1, 2, List.of(DATABASE))).hasMessageContaining("ends the platform");
    }
}
