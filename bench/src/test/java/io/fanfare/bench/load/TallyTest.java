package io.fanfare.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.bench.load.Api.Answer;
import io.fanfare.bench.load.Insisting.Settled;
import io.fanfare.bench.load.Tally.Kind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @BeforeEach
    void some_requests() {
        tally.done(Kind.SPEND, request(200, 0, 0));
        tally.done(Kind.SPEND, request(202, 3, 1_500));
        tally.done(Kind.SPEND, request(202, 0, 4_000));
        tally.done(Kind.SPEND, request(202, 0, 2_000));
        tally.refused(Kind.SPEND, request(400, 2, 0), "INSUFFICIENT_BALANCE");
        tally.refused(Kind.REDEEM, request(400, 0, 0), "PRIZE_OUT_OF_STOCK");
    }

    @Test
    void each_kind_has_a_line_for_people() {
        assertThat(tally.result(20).text().lines())
                .containsExactly(
                        "  redeem, paid        0 done         0 repeated      0 followed   refused {PRIZE_OUT_OF_STOCK=1}",
                        "  spend               4 done         5 repeated      3 followed   refused {INSUFFICIENT_BALANCE=1}"
                                + "; 202 for 2.0 s in the middle, 4.0 s at most",
                        "  6 requests answered; 20 players own what they were told");
    }

    @Test
    void and_an_object_for_programs() {
        ObjectNode report = JsonMapper.builder().build().createObjectNode();

        tally.result(20).json(report);

        assertThat(report.path("answered").asLong()).isEqualTo(6);
        assertThat(report.path("purses").asInt()).isEqualTo(20);
        assertThat(report.path("kinds").path(1).toString()).isEqualTo("""
                {"kind":"spend","done":4,"repeated":5,"followed":3,"followed_median_ms":2000,"followed_longest_ms":4000,\
                "refused":{"INSUFFICIENT_BALANCE":1}}""");
    }

    private static Settled request(int status, int repeats, long followedMillis) {
        var answer = new Answer(status, MissingNode.getInstance(), "", 0, 0);
        return new Settled(answer, answer, repeats, TimeUnit.MILLISECONDS.toNanos(followedMillis));
    }
}
