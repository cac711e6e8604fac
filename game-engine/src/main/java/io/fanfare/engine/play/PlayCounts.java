package io.fanfare.engine.play;

/**
 * How often a player has played a game.
 *
 * @param ever all plays
 * @param today plays of the current UTC day
 */
public record PlayCounts(long ever, long today) {

    public static final PlayCounts NONE = new PlayCounts(0, 0);

    public PlayCounts {
        if (today < 0 || ever < today) {
            throw new IllegalArgumentException("counts are %d ever and %d today".formatted(ever, today));
        }
    }
}
