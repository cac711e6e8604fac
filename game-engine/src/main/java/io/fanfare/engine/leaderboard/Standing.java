package io.fanfare.engine.leaderboard;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What one player has achieved on one board.
 *
 * @param reachedAt event time that breaks ties, earlier is better; see {@link Metric}
 * @param plays how many plays were counted into it, 1 or more
 */
public record Standing(Score score, Instant reachedAt, long plays) {

    public Standing {
        requireNonNull(score, "score");
        requireNonNull(reachedAt, "reachedAt");
        if (plays < 1) {
            throw new IllegalArgumentException("plays is %d, expected 1 or more".formatted(plays));
        }
    }
}
