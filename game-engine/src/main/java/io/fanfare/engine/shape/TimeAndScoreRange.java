package io.fanfare.engine.shape;

import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code time_and_score_range}: a score must lie within bounds, and the time it took as well. The server's clock bounds the
 * claimed time: it cannot have taken longer than since the start, and where nothing is claimed, the server's time counts. Who
 * claims less than has passed since the start may be right; that time must lie within the game's all the same.
 * Bounds of 0 are off.
 *
 * @param trustsClient the claimed time is taken as it is, and nothing is asked where none is claimed
 */
record TimeAndScoreRange(
        long minDurationMs, long maxDurationMs, long maxScore, long maxScorePerSecond, boolean trustsClient)
        implements Validator {

    /** What a message may take on its way. */
    static final long LENIENCE_MS = 250;

    private static final long MAX_MS = 86_400_000;
    private static final String MIN_DURATION = "min_duration_ms";
    private static final String MAX_DURATION = "max_duration_ms";

    static final Form<TimeAndScoreRange> FORM = Form.of("bounds of score and time; 0 = no bound", lines -> {
        var min = lines.optional(MIN_DURATION, Attempt.time(), 0L, "faster is cheating");
        var max = lines.optional(MAX_DURATION, Attempt.time(), 0L, "slower is cheating");
        var score = lines.optional("max_score", Kind.integer(0, Tiers.MAX_SCORE), 0L, "more is cheating");
        var rate = lines.optional(
                "max_score_per_second", Kind.integer(0, Tiers.MAX_SCORE), 0L, "more than this on average is cheating");
        var clock = lines.optional(
                "clock", Kind.word(Map.of("server", false, "client", true)), false, "server (default) or client");
        return filled -> {
            if (filled.get(max) > 0 && filled.get(max) < filled.get(min)) {
                throw filled.refused(max, "is %d, below min_duration_ms".formatted(filled.get(max)));
            }
            return new TimeAndScoreRange(
                    filled.get(min), filled.get(max), filled.get(score), filled.get(rate), filled.get(clock));
        };
    });

    /** @param durationMs how long it took, as the client has it */
    private record Claim(long score, Optional<Long> durationMs) {

        static final Form<Claim> FORM = Form.of("what the player claims", lines -> {
            var score = lines.required("score", Kind.integer(-Tiers.MAX_SCORE, Tiers.MAX_SCORE), "the score");
            var duration = lines.optional("duration_ms", Kind.integer(-MAX_MS, MAX_MS * 1_000), "how long it took");
            return filled -> new Claim(filled.get(score), filled.get(duration));
        });
    }

    @Override
    public List<FieldViolation> outdated() {
        return Stream.of(Attempt.tooLong(MIN_DURATION, minDurationMs), Attempt.tooLong(MAX_DURATION, maxDurationMs))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Set<String> inputFields() {
        return Claim.FORM.names();
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public OptionalLong claimOf(Attempt attempt) {
        return OptionalLong.of(Claim.FORM.readPart("payload", attempt.input()).score());
    }

    @Override
    public Verdict judge(Attempt attempt) {
        Claim claim = Claim.FORM.readPart("payload", attempt.input());
        long elapsedMs = attempt.elapsed().toMillis();
        if (claim.score() < 0) {
            return cheating("the score is negative", "score", claim.score());
        }
        if (maxScore > 0 && claim.score() > maxScore) {
            return cheating("the score is above what can be reached", "score", claim.score());
        }
        if (claim.durationMs().isPresent() && claim.durationMs().get() < 0) {
            return cheating(
                    "the time is negative", "duration_ms", claim.durationMs().get());
        }
        if (!trustsClient && claim.durationMs().orElse(0L) > elapsedMs + LENIENCE_MS) {
            return cheating(
                    "the time is longer than since the start",
                    "duration_ms",
                    claim.durationMs().get());
        }
        if (!trustsClient && maxDurationMs > 0 && elapsedMs > maxDurationMs + LENIENCE_MS) {
            return cheating("the time since the start is longer than the game lasts", "elapsed_ms", elapsedMs);
        }
        Optional<Long> took = trustsClient
                ? claim.durationMs()
                : Optional.of(claim.durationMs().orElse(elapsedMs));
        return took.map(ms -> judge(claim.score(), ms)).orElseGet(Verdict.Plausible::new);
    }

    private Verdict judge(long score, long tookMs) {
        if (tookMs < minDurationMs) {
            return cheating("this is faster than can be", "duration_ms", tookMs);
        }
        if (maxDurationMs > 0 && tookMs > maxDurationMs) {
            return cheating("this is slower than the game lasts", "duration_ms", tookMs);
        }
        if (maxScorePerSecond > 0 && score * 1_000.0 > (double) maxScorePerSecond * Math.max(1, tookMs)) {
            return cheating("the score grew faster than it can", "score", score);
        }
        return new Verdict.Plausible();
    }

    private static Verdict cheating(String why, String fact, long value) {
        return new Verdict.Cheating(why, Map.of(fact, String.valueOf(value)));
    }
}
