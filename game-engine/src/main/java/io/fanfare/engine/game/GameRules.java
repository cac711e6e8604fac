package io.fanfare.engine.game;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and how often a game may be played.
 *
 * @param maxPlaysPerUser ever; 0 = unlimited
 * @param maxPlaysPerDay per UTC day; 0 = unlimited
 * @param requireLogin a guest cannot play
 * @param start the first instant at which it can be played; null = at once
 * @param end the first instant at which it cannot be played any more; null = never
 * @param useTurns each play takes one from the player's turn balance
 */
public record GameRules(
        int maxPlaysPerUser,
        int maxPlaysPerDay,
        boolean requireLogin,
        @Nullable Instant start,
        @Nullable Instant end,
        boolean useTurns) {

    public static final GameRules NONE = new GameRules(0, 0, false, null, null);

    public GameRules {
        if (maxPlaysPerUser < 0 || maxPlaysPerDay < 0) {
            throw new IllegalArgumentException(
                    "play limits are %d and %d, expected 0 or more".formatted(maxPlaysPerUser, maxPlaysPerDay));
        }
        if (start != null && end != null && !start.isBefore(end)) {
            throw new IllegalArgumentException("the game ends at %s, before it starts at %s".formatted(end, start));
        }
    }

    /** Rules of a game that takes no turns. */
    public GameRules(
            int maxPlaysPerUser,
            int maxPlaysPerDay,
            boolean requireLogin,
            @Nullable Instant start,
            @Nullable Instant end) {
        this(maxPlaysPerUser, maxPlaysPerDay, requireLogin, start, end, false);
    }

    boolean hasStarted(Instant now) {
        return start == null || !now.isBefore(start);
    }

    boolean hasEnded(Instant now) {
        return end != null && !now.isBefore(end);
    }
}
