package io.fanfare.worker.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final double LONGEST_DRAW = 0;
    private static final double SHORTEST_DRAW = 1;

    private final RetryPolicy policy = new RetryPolicy(10, Duration.ofSeconds(1), 4, Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({
        "200, Accepted",
        "201, Accepted",
        "204, Accepted",
        "299, Accepted",
        "408, TryAgain",
        "429, TryAgain",
        "500, TryAgain",
        "502, TryAgain",
        "503, TryAgain",
        "599, TryAgain",
        "410, EndpointGone",
        "400, GiveUp",
        "401, GiveUp",
        "403, GiveUp",
        "404, GiveUp",
        "409, GiveUp",
        "413, GiveUp",
        "422, GiveUp",
        "301, GiveUp",
        "302, GiveUp",
        "307, GiveUp",
        "304, GiveUp",
    })
    void an_answer_decides_what_follows(int status, String verdict) {
        Verdict judged = policy.judge(answered(status, null), 1, LONGEST_DRAW);

        assertThat(judged.getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(judged.why()).isEqualTo("answered " + status);
    }

    @Test
    void no_answer_is_worth_another_try() {
        Verdict judged = policy.judge(new SendResult.Unreachable("connection refused"), 1, LONGEST_DRAW);

        assertThat(judged).isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(1), "connection refused"));
    }

    @Test
    void an_address_that_is_not_allowed_is_not_tried_again() {
        Verdict judged = policy.judge(new SendResult.Forbidden("the address leads to 10.0.0.1"), 1, LONGEST_DRAW);

        assertThat(judged).isEqualTo(new Verdict.GiveUp("the address leads to 10.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000, 500",
        "2, 4000, 2000",
        "3, 16000, 8000",
        "4, 64000, 32000",
        "6, 1024000, 512000",
        "7, 3600000, 1800000",
        "9, 3600000, 1800000",
    })
    void waits_grow_to_an_hour_and_up_to_half_of_each_is_taken_off(int attempt, long longest, long shortest) {
        assertThat(waitAfter(attempt, LONGEST_DRAW)).hasMillis(longest);
        assertThat(waitAfter(attempt, SHORTEST_DRAW)).hasMillis(shortest);
        assertThat(waitAfter(attempt, 0.5)).isBetween(Duration.ofMillis(shortest), Duration.ofMillis(longest));
    }

    @Test
    void the_last_attempt_is_the_last() {
        var busy = answered(503, Duration.ofSeconds(1));

        assertThat(policy.judge(busy, 9, LONGEST_DRAW)).isInstanceOf(Verdict.TryAgain.class);
        assertThat(policy.judge(busy, 10, LONGEST_DRAW))
                .isEqualTo(new Verdict.GiveUp("answered 503, attempt 10 of 10"));
        assertThat(policy.judge(busy, 11, LONGEST_DRAW)).isInstanceOf(Verdict.GiveUp.class);
        assertThat(policy.judge(answered(200, null), 10, LONGEST_DRAW)).isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "30, 30", "3600, 3600", "86400, 3600"})
    void an_endpoint_may_ask_for_a_longer_wait_but_not_for_more_than_the_longest(long asked, long waited) {
        Verdict judged = policy.judge(answered(429, Duration.ofSeconds(asked)), 1, LONGEST_DRAW);

        assertThat(judged).isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(waited), "answered 429"));
    }

    @Test
    void only_what_is_the_endpoints_own_trouble_counts_against_it() {
        assertThat(RetryPolicy.isTrouble(answered(503, null))).isTrue();
        assertThat(RetryPolicy.isTrouble(new SendResult.Unreachable("no answer")))
                .isTrue();
        assertThat(RetryPolicy.isTrouble(answered(404, null))).isFalse();
        assertThat(RetryPolicy.isTrouble(answered(200, null))).isFalse();
        assertThat(RetryPolicy.isTrouble(new SendResult.Forbidden("private"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void a_policy_without_end_or_beginning_is_refused(int maxAttempts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(maxAttempts, Duration.ofSeconds(1), 4, Duration.ofHours(1)))
                .withMessageContaining(Integer.toString(maxAttempts));
    }

    private Duration waitAfter(int attempt, double draw) {
        Verdict judged = policy.judge(answered(500, null), attempt, draw);
        assertThat(judged).isInstanceOf(Verdict.TryAgain.class);
        return ((Verdict.TryAgain) judged).in();
    }

    private static SendResult answered(int status, @Nullable Duration retryAfter) {
        return new SendResult.Answered(status, "", retryAfter);
    }
}
