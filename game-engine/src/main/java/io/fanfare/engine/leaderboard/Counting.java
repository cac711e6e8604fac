package io.fanfare.engine.leaderboard;

/** What a play does to a player's standing on a board. */
public sealed interface Counting {

    /** The standing with the play in it. */
    record Counted(Standing standing) implements Counting {}

    /** The play has no score, and the board asks for one. */
    record WithoutScore() implements Counting {}

    /** The sum would leave the range of a long. */
    record Overflow(Score sum, Score contribution) implements Counting {}
}
