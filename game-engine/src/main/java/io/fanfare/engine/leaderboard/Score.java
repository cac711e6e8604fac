package io.fanfare.engine.leaderboard;

/** What a play adds to a board, and what a board adds up; in the unit of the game. */
public record Score(long value) implements Comparable<Score> {

    static final Score ONE = new Score(1);

    /**
     * Both together.
     *
     * @throws ArithmeticException where the sum is no long any more
     */
    Score plus(Score other) {
        return new Score(Math.addExact(value, other.value));
    }

    boolean isZero() {
        return value == 0;
    }

    @Override
    public int compareTo(Score other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
