package io.fanfare.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.connectors.RestartBackoff.Decision;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void the_first_failure_is_answered_at_once() {
        assertThat(backoff.failed(NOON)).isEqualTo(new Decision.Restart(1));
    }

    @Test
    void pauses_grow_from_one_second_to_a_minute() {
        backoff.failed(NOON);

        assertThat(backoff.failed(NOON)).isEqualTo(new Decision.Wait(NOON.plusSeconds(1)));
        assertThat(backoff.failed(NOON.plusSeconds(1))).isEqualTo(new Decision.Restart(2));
        assertThat(backoff.failed(NOON.plusSeconds(2))).isEqualTo(new Decision.Wait(NOON.plusSeconds(3)));
        exhaust();
        assertThat(lastPause).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void after_twelve_restarts_in_a_row_it_stays_down() {
        Instant end = exhaust();

        assertThat(backoff.failed(end.plus(Duration.ofHours(1)))).isEqualTo(new Decision.GiveUp(12));
    }

    @Test
    void five_minutes_of_running_forgive() {
        Instant end = exhaust();

        backoff.running(end);
        backoff.running(end.plus(RestartBackoff.CALM));

        assertThat(backoff.failed(end.plus(RestartBackoff.CALM))).isEqualTo(new Decision.Restart(1));
    }

    @Test
    void running_for_a_moment_forgives_nothing() {
        Instant end = exhaust();

        backoff.running(end);
        backoff.running(end.plusSeconds(10));

        assertThat(backoff.failed(end.plusSeconds(11))).isEqualTo(new Decision.GiveUp(12));
    }

    private Duration lastPause = Duration.ZERO;

    /** Fails until it gives up; the time of the last attempt. */
    private Instant exhaust() {
        Instant now = NOON.plusSeconds(60);
        while (true) {
            switch (backoff.failed(now)) {
                case Decision.Restart _ -> {}
                case Decision.Wait wait -> {
                    lastPause = Duration.between(now, wait.until());
                    now = wait.until();
                }
                case Decision.GiveUp _ -> {
                    return now;
                }
            }
        }
    }
}
