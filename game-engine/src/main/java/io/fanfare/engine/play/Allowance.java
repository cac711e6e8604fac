package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

/**
 * What a player has used up of its limits, and has left of its turns.
 *
 * @param ofCampaign plays of all games of the game's campaign
 * @param turns the balance, 0 or more; only asked for where the game takes turns
 */
public record Allowance(PlayCounts ofGame, PlayCounts ofCampaign, long turns) {

    public static final Allowance FULL = of(PlayCounts.NONE);

    public Allowance {
        requireNonNull(ofGame, "ofGame");
        requireNonNull(ofCampaign, "ofCampaign");
        if (turns < 0) {
            throw new IllegalArgumentException("turns are %d, expected 0 or more".formatted(turns));
        }
    }

    /** For a game that takes no turns and whose campaign has no limits. */
    public static Allowance of(PlayCounts ofGame) {
        return new Allowance(ofGame, PlayCounts.NONE, 0);
    }
}
