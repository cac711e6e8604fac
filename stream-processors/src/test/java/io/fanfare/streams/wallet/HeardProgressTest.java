package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeardProgressTest {

    private static final Instant BEGIN = Instant.parse("2026-05-01T12:00:00Z");

    private Instant now = BEGIN;
    private @Nullable Instant heard;
    private final HeardProgress progress = new HeardProgress(() -> Optional.ofNullable(heard), () -> now);

    @Test
    void a_heartbeat_counts_once_it_has_been_heard_for_a_moment() {
        heard = BEGIN;
        assertThat(progress.upTo()).isEmpty();

        now = BEGIN.plus(HeardProgress.MOMENT).minusMillis(1);
        assertThat(progress.upTo()).isEmpty();

        now = BEGIN.plus(HeardProgress.MOMENT);
        assertThat(progress.upTo()).contains(BEGIN);
    }

    @Test
    void the_first_one_after_an_outage_waits_behind_the_last_one_before_it() {
        heard = BEGIN;
        progress.upTo();
        now = BEGIN.plus(Duration.ofHours(1));
        heard = now;

        assertThat(progress.upTo()).contains(BEGIN);
        assertThat(progress.upTo()).contains(BEGIN);

        now = now.plus(HeardProgress.MOMENT);
        assertThat(progress.upTo()).contains(BEGIN.plus(Duration.ofHours(1)));
    }

    @Test
    void what_was_never_heard_proves_nothing() {
        progress.upTo();
        now = BEGIN.plus(Duration.ofHours(1));

        assertThat(progress.upTo()).isEmpty();
    }
}
