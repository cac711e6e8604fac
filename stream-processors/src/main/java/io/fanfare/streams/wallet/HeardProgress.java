package io.fanfare.streams.wallet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the relay's heartbeats prove, once they have been heard for a moment. A heartbeat may be heard before the commands that were
 * published ahead of it, on another topic, have been fetched; by then they have been. For all threads.
 */
final class HeardProgress implements RelayProgress {

    static final Duration MOMENT = Duration.ofSeconds(5);

    private final RelayProgress heard;
    private final InstantSource clock;
    private @Nullable Instant proved;
    private @Nullable Instant next;
    private Instant nextCountsFrom = Instant.EPOCH;

    HeardProgress(RelayProgress heard, InstantSource clock) {
        this.heard = heard;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Instant> upTo() {
        Instant now = clock.instant();
        if (!now.isBefore(nextCountsFrom)) {
            proved = next;
            next = heard.upTo().orElse(null);
            nextCountsFrom = now.plus(MOMENT);
        }
        return Optional.ofNullable(proved);
    }
}
