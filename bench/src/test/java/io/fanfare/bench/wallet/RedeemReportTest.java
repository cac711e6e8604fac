package io.fanfare.bench.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Gate;
import io.fanfare.bench.measure.Verification;
import io.fanfare.bench.verify.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedeemReportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Verification RIGHT = found(0);
    private static final Verification WRONG = found(1);
    private static final Verification UNKNOWN = new Verification.Impossible("the relay has not drained");

    @Test
    void it_passes_within_its_limits() {
        assertThat(redeem(took(1500, 150, 500), 0, RIGHT).passed()).isTrue();
    }

    @Test
    void a_slow_median_fails() {
        assertThat(redeem(took(1500, 150.1, 400), 0, RIGHT).passed()).isFalse();
    }

    @Test
    void a_long_tail_fails() {
        assertThat(redeem(took(1500, 100, 500.1), 0, RIGHT).passed()).isFalse();
    }

    @Test
    void what_was_refused_or_unanswered_fails() {
        assertThat(redeem(took(1499, 100, 200), 1, RIGHT).passed()).isFalse();
    }

    @Test
    void figures_of_nothing_fail() {
        RedeemReport report = redeem(took(0, 0, 0), 0, RIGHT);

        assertThat(report.passed()).isFalse();
        assertThat(report.gates()).noneMatch(Gate::passed);
    }

    @Test
    void what_is_not_right_afterwards_or_unknown_fails_and_the_figures_are_told() {
        assertThat(redeem(took(1500, 100, 200), 0, WRONG).passed()).isFalse();
        assertThat(redeem(took(1500, 100, 200), 0, UNKNOWN).passed()).isFalse();
        assertThat(redeem(took(1500, 100, 200), 0, UNKNOWN).text())
                .contains(
                        "1500 granted, 4 of them answered 202 first",
                        "could not be verified: the relay has not drained");
    }

    @Test
    void people_read_the_first_complaint_and_that_others_were_at_work() {
        assertThat(redeem(took(1499, 100, 200), 1, RIGHT).text())
                .contains(
                        "50 redemptions/s for 30 s",
                        "2 times sent again",
                        "42 % idle before (others were at work",
                        "CPU seconds per 1,000 redemptions: bench 0.25 jvm 1.50",
                        "FAIL  redemptions refused or unanswered: 1.0, at most 0.0",
                        "first complaint: redemption of ada was refused");
    }

    @Test
    void programs_read_one_line_with_every_half() throws Exception {
        var report = new Report(List.of(redeem(took(1500, 100, 600), 0, RIGHT)));

        JsonNode json = JSON.readTree(report.json());

        assertThat(report.json()).doesNotContain("\n");
        assertThat(json.path("passed").asBoolean(true)).isFalse();
        JsonNode redeem = json.path("redeem");
        assertThat(redeem.path("rate").asInt()).isEqualTo(50);
        assertThat(redeem.path("granted").asLong()).isEqualTo(1500);
        assertThat(redeem.path("followed").asLong()).isEqualTo(4);
        assertThat(redeem.path("repeated").asLong()).isEqualTo(2);
        assertThat(redeem.path("stages").path(0).path("p99_ms").asDouble()).isEqualTo(600);
        assertThat(redeem.path("gates").findValuesAsText("passed")).containsExactly("true", "false", "true");
        assertThat(redeem.path("verify").path("passed").asBoolean()).isTrue();
    }

    @Test
    void a_run_is_green_where_every_half_is() {
        RedeemReport good = redeem(took(1500, 100, 200), 0, RIGHT);
        RedeemReport bad = redeem(took(1500, 100, 200), 0, WRONG);

        assertThat(new Report(List.of(good, good)).text()).isEqualTo("green\n");
        assertThat(new Report(List.of(good, bad)).text()).isEqualTo("RED\n");
    }

    private static Figures took(long count, double p50, double p99) {
        return new Figures("redemption", count, p50, p50, p99, p99);
    }

    private static RedeemReport redeem(Figures granted, long wrong, Verification verified) {
        return new RedeemReport(
                50,
                Duration.ofSeconds(30),
                42,
                granted,
                4,
                2,
                wrong,
                wrong == 0 ? "" : "redemption of ada was refused",
                Map.of("jvm", 1.5, "bench", 0.25),
                verified);
    }

    private static Verification found(long violations) {
        var check = new Check(1, "plays exist once", 1, violations, List.of(), "");
        return new Verification.Done(new io.fanfare.bench.verify.Report(Instant.EPOCH, List.of(check)));
    }
}
