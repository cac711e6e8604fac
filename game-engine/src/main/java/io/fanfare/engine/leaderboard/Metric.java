package io.fanfare.engine.leaderboard;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a board measures, as a fold over plays whose result does not depend on the order in which they come.
 *
 * <p>Sums were reached at the latest event time that changed them, best scores at the earliest event time with that
 * score. A play that adds nothing to a sum moves no time; while the sum is zero, the earliest play stands. (Where scores
 * below zero bring a sum back to exactly zero, the time of the tie-break, and only that, may depend on the order.)
 */
public enum Metric {
    /** How many plays; every play counts. */
    TOTAL_PLAYS("total_plays") {
        @Override
        public Counting count(@Nullable Standing current, BoardPlay play) {
            return sum(current, Score.ONE, play.occurredAt());
        }
    },
    /** The scores of all plays that have one. */
    TOTAL_SCORE("total_score") {
        @Override
        public Counting count(@Nullable Standing current, BoardPlay play) {
            Score score = play.score();
            return score == null ? new Counting.WithoutScore() : sum(current, score, play.occurredAt());
        }
    },
    /** The best score of a single play. */
    HIGH_SCORE("high_score") {
        @Override
        public Counting count(@Nullable Standing current, BoardPlay play) {
            Score score = play.score();
            return score == null ? new Counting.WithoutScore() : best(current, score, play.occurredAt());
        }
    };

    private final String word;

    Metric(String word) {
        this.word = word;
    }

    /** The player's standing with one more play; {@code current} is null before the first. */
    public abstract Counting count(@Nullable Standing current, BoardPlay play);

    /** The word for it in configuration and on the wire. */
    public String word() {
        return word;
    }

    /** The metric that a word of the wire stands for. */
    public static Metric of(String word) {
        return Arrays.stream(values())
                .filter(metric -> metric.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "metric is '%s', expected total_plays, total_score or high_score".formatted(word)));
    }

    private static Counting sum(@Nullable Standing current, Score contribution, Instant at) {
        if (current == null) {
            return new Counting.Counted(new Standing(contribution, at, 1));
        }
        long plays = current.plays() + 1;
        if (contribution.isZero()) {
            Instant reachedAt = current.score().isZero() ? earlier(current.reachedAt(), at) : current.reachedAt();
            return new Counting.Counted(new Standing(current.score(), reachedAt, plays));
        }
        try {
            Score sum = current.score().plus(contribution);
            Instant reachedAt = current.score().isZero() ? at : later(current.reachedAt(), at);
            return new Counting.Counted(new Standing(sum, reachedAt, plays));
        } catch (ArithmeticException _) {
            return new Counting.Overflow(current.score(), contribution);
        }
    }

    private static Counting best(@Nullable Standing current, Score score, Instant at) {
        if (current == null) {
            return new Counting.Counted(new Standing(score, at, 1));
        }
        long plays = current.plays() + 1;
        int comparison = score.compareTo(current.score());
        if (comparison > 0) {
            return new Counting.Counted(new Standing(score, at, plays));
        }
        Instant reachedAt = comparison == 0 ? earlier(current.reachedAt(), at) : current.reachedAt();
        return new Counting.Counted(new Standing(current.score(), reachedAt, plays));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
