package io.fanfare.standalone;

import java.time.Duration;
import java.time.Instant;

/**
 * When a child that died is started again: at once, then after 1, 2, 4 … seconds. Who dies time after time without having lived
 * for a minute in between is given up.
 */
final class Revivals {

    static final int MOST = 6;
    private static final Duration CALM = Duration.ofMinutes(1);

    private int attempts;
    private Instant last = Instant.MIN;

    /** What to do about a child that is found dead. */
    sealed interface Decision {

        /** @param attempt counted from 1 */
        record Revive(int attempt) implements Decision {}

        record Wait(Instant until) implements Decision {}

        record GiveUp(int attempts) implements Decision {}
    }

    Decision foundDead(Instant now) {
        if (attempts > 0 && Duration.between(last, now).compareTo(CALM.plus(pause())) > 0) {
            attempts = 0;
        }
        if (attempts == MOST) {
            return new Decision.GiveUp(attempts);
        }
        Instant notBefore = attempts == 0 ? now : last.plus(pause());
        return now.isBefore(notBefore) ? new Decision.Wait(notBefore) : new Decision.Revive(attempts + 1);
    }

    /** An attempt to bring it back has ended, well or not. */
    void attempted(Instant now) {
        attempts++;
        last = now;
    }

    private Duration pause() {
        return Duration.ofSeconds(1L << Math.max(0, attempts - 1));
    }
}
