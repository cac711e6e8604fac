package io.fanfare.connectors;

import java.time.Duration;
import java.time.Instant;

/**
 * When a failed connector may be restarted: at once, then after 1, 2, 4 … seconds up to a minute, for as long as it fails: while
 * it is down nothing is published, so it never waits for a person. Running for five minutes starts the count anew.
 */
final class RestartBackoff {

    static final Duration CALM = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int DOUBLINGS_TO_LONGEST = 6;

    private int attempts;
    private Instant notBefore = Instant.MIN;
    private Instant runningSince = Instant.MAX;

    /** What to do about a connector that was found failed. */
    sealed interface Decision {
        record Restart(int attempt) implements Decision {}

        record Wait(Instant until) implements Decision {}
    }

    void running(Instant now) {
        if (runningSince.isAfter(now)) {
            runningSince = now;
        }
        if (Duration.between(runningSince, now).compareTo(CALM) >= 0) {
            attempts = 0;
            notBefore = Instant.MIN;
        }
    }

    Decision failed(Instant now) {
        runningSince = Instant.MAX;
        if (now.isBefore(notBefore)) {
            return new Decision.Wait(notBefore);
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(attempts, DOUBLINGS_TO_LONGEST));
        notBefore = now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
        attempts++;
        return new Decision.Restart(attempts);
    }
}
