package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.standalone.Revivals.Decision;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevivalsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Revivals revivals = new Revivals();

    @Test
    void the_first_time_it_is_revived_at_once() {
        assertThat(revivals.foundDead(NOON)).isEqualTo(new Decision.Revive(1));
    }

    @Test
    void pauses_grow_while_it_keeps_dying() {
        revivals.attempted(NOON);
        assertThat(revivals.foundDead(NOON)).isEqualTo(new Decision.Wait(NOON.plusSeconds(1)));
        assertThat(revivals.foundDead(NOON.plusSeconds(1))).isEqualTo(new Decision.Revive(2));

        revivals.attempted(NOON.plusSeconds(1));
        assertThat(revivals.foundDead(NOON.plusSeconds(2))).isEqualTo(new Decision.Wait(NOON.plusSeconds(3)));
    }

    @Test
    void who_never_lives_for_a_minute_is_given_up() {
        for (int i = 0; i < Revivals.MOST; i++) {
            revivals.attempted(NOON.plusSeconds(i));
        }

        assertThat(revivals.foundDead(NOON.plusSeconds(Revivals.MOST))).isEqualTo(new Decision.GiveUp(Revivals.MOST));
    }

    @Test
    void who_has_lived_for_long_is_revived_at_once_again() {
        for (int i = 0; i < Revivals.MOST; i++) {
            revivals.attempted(NOON.plusSeconds(i));
        }

        assertThat(revivals.foundDead(NOON.plusSeconds(600))).isEqualTo(new Decision.Revive(1));
    }
}
