package io.fanfare.worker.integration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When to try again, and when to stop. The n-th wait is {@code first × factor^(n-1)}, at most {@code longest}, of which a
 * random half is taken off, so that what failed together does not come back together.
 *
 * @param maxAttempts after so many, a delivery is dead
 */
record RetryPolicy(int maxAttempts, Duration first, int factor, Duration longest) {

    RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > 100) {
            throw new IllegalArgumentException("max attempts is %d, expected 1 to 100".formatted(maxAttempts));
        }
        if (first.toMillis() < 1) {
            throw new IllegalArgumentException("first wait is %s, expected at least 1 ms".formatted(first));
        }
        if (factor < 1 || factor > 10) {
            throw new IllegalArgumentException("factor is %d, expected 1 to 10".formatted(factor));
        }
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("longest wait is %s, expected at least %s".formatted(longest, first));
        }
    }

    /**
     * What follows from the result of an attempt.
     *
     * @param attempt its number, from 1
     * @param draw from 0 to 1, for the random part of a wait
     */
    Verdict judge(SendResult result, int attempt, double draw) {
        return switch (result) {
            case SendResult.Answered answered -> judge(answered.status(), answered.retryAfter(), attempt, draw);
            case SendResult.Unreachable(String why) -> again(why, null, attempt, draw);
            case SendResult.Forbidden(String why) -> new Verdict.GiveUp(why);
        };
    }

    /** Whether the endpoint itself is in trouble, rather than at odds with what it was sent. */
    static boolean isTrouble(SendResult result) {
        return switch (result) {
            case SendResult.Answered answered -> mayPass(answered.status());
            case SendResult.Unreachable _ -> true;
            case SendResult.Forbidden _ -> false;
        };
    }

    private static boolean mayPass(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    private Verdict judge(int status, @Nullable Duration retryAfter, int attempt, double draw) {
        String why = "answered " + status;
        if (status >= 200 && status < 300) {
            return new Verdict.Accepted(why);
        }
        if (status == 410) {
            return new Verdict.EndpointGone(why);
        }
        // A redirect counts with the rest: it is not followed, and somebody has to correct the address.
        return mayPass(status) ? again(why, retryAfter, attempt, draw) : new Verdict.GiveUp(why);
    }

    private Verdict again(String why, @Nullable Duration retryAfter, int attempt, double draw) {
        if (attempt >= maxAttempts) {
            return new Verdict.GiveUp("%s, attempt %d of %d".formatted(why, attempt, maxAttempts));
        }
        Duration wait = wait(attempt, draw);
        return new Verdict.TryAgain(retryAfter == null ? wait : longer(wait, shorter(retryAfter, longest)), why);
    }

    private Duration wait(int attempt, double draw) {
        double whole =
                Math.min((double) first.toMillis() * Math.pow(factor, attempt - 1.0), (double) longest.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(whole * (1 - draw / 2))));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
