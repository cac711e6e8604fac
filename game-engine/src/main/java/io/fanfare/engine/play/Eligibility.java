package io.fanfare.engine.play;

import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Whether a player can play now: the third of the four decisions.
 *
 * @param remainingPlays {@link #UNLIMITED} where nothing limits them
 * @param reason why not; null where they can
 * @param nextResetAt when the daily limit starts anew; null where there is none
 */
public record Eligibility(
        boolean canPlay,
        long remainingPlays,
        @Nullable Reason reason,
        @Nullable Instant nextResetAt) {

    public static final long UNLIMITED = Integer.MAX_VALUE;

    /** Why a player cannot play. */
    public enum Reason {
        OUT_OF_TURNS,
        NOT_STARTED,
        ENDED
    }

    public static Eligibility of(Game game, PlayCounts counts, Instant now) {
        long remaining = remaining(game.rules(), counts);
        Instant nextReset = game.rules().maxPlaysPerDay() == 0 ? null : nextDay(now);
        if (!game.isOpen(now)) {
            Reason reason = game.isYetToStart(now) ? Reason.NOT_STARTED : Reason.ENDED;
            return new Eligibility(false, remaining, reason, nextReset);
        }
        if (remaining == 0) {
            return new Eligibility(false, 0, Reason.OUT_OF_TURNS, nextReset);
        }
        return new Eligibility(true, remaining, null, nextReset);
    }

    private static long remaining(GameRules rules, PlayCounts counts) {
        return Math.min(left(rules.maxPlaysPerUser(), counts.ever()), left(rules.maxPlaysPerDay(), counts.today()));
    }

    private static long left(int limit, long used) {
        return limit == 0 ? UNLIMITED : Math.max(0, limit - used);
    }

    /** The start of the next UTC day. */
    static Instant nextDay(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
