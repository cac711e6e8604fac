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
    }

    @Test
    void it_never_gives_up_and_never_pauses_for_longer_than_a_minute() {
        Instant muchLater = failFor(Duration.ofHours(3));

        assertThat(backoff.failed(muchLater)).isInstanceOf(Decision.Restart.class);
        assertThat(backoff.failed(muchLater)).isEqualTo(new Decision.Wait(muchLater.plus(Duration.ofMinutes(1))));
    }

    @Test
    void five_minutes_of_running_forgive() {
        Instant end = failFor(Duration.ofHours(1));

        backoff.running(end);
        backoff.running(end.plus(RestartBackoff.CALM));

        assertThat(backoff.failed(end.plus(RestartBackoff.CALM))).isEqualTo(new Decision.Restart(1));
    }

    @Test
    void running_for_a_moment_forgives_nothing() {
        Instant end = failFor(Duration.ofHours(1));

        backoff.failed(end);
        backoff.running(end);
        backoff.running(end.plusSeconds(10));

        assertThat(backoff.failed(end.plusSeconds(11))).isEqualTo(new Decision.Wait(end.plusSeconds(60)));
    }

    /** Fails whenever it may be tried; the first time after the duration at which it may be tried again. */
    private Instant failFor(Duration duration) {
        Instant end = NOON.plus(duration);
        Instant now = NOON;
        while (now.isBefore(end)) {
            now = switch (backoff.failed(now)) {
                case Decision.Restart _ -> now;
                case Decision.Wait wait -> wait.until();
            };
        }
        return now;
    }
}
