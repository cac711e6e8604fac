package io.fanfare.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Verification;
import io.fanfare.bench.verify.Check;
import io.fanfare.bench.verify.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final List<Double> FLAT = List.of(300.0, 380.0, 400.0, 410.0, 400.0, 430.0, 405.0, 440.0, 402.0);
    private static final List<Double> GROWING = List.of(300.0, 350.0, 400.0, 450.0, 500.0, 550.0, 600.0, 650.0, 700.0);

    private static final List<Double> STEADY = List.of(150.0, 160.0, 158.0, 170.0);
    private static final Verification RIGHT = found(0);
    private static final Verification WRONG = found(1);

    @Test
    void flat_memory_and_a_quick_relay_pass() {
        assertThat(soak(FLAT, 900, true).passed()).isTrue();
    }

    @Test
    void memory_that_grows_from_the_second_third_to_the_last_fails() {
        assertThat(soak(GROWING, 900, true).passed()).isFalse();
    }

    @Test
    void a_relay_that_lags_fails() {
        assertThat(soak(FLAT, 2001, true).passed()).isFalse();
    }

    @Test
    void what_is_not_right_afterwards_fails() {
        assertThat(soak(FLAT, 900, false).passed()).isFalse();
    }

    @Test
    void a_heap_that_holds_more_and_more_fails() {
        assertThat(soak(FLAT, STEADY, 900, RIGHT).passed()).isTrue();
        assertThat(soak(FLAT, List.of(150.0, 160.0, 170.0, 180.0), 900, RIGHT).passed())
                .isFalse();
        assertThat(soak(FLAT, List.of(150.0, 160.0), 900, RIGHT).passed()).isFalse();
    }

    @Test
    void too_few_samples_show_nothing_of_memory() {
        assertThat(soak(FLAT.subList(0, 5), 900, true).passed()).isFalse();
    }

    @Test
    void figures_of_a_platform_that_nobody_could_verify_are_told_and_void() {
        SoakReport report = soak(FLAT, STEADY, 900, new Verification.Impossible("the relay has not drained"));

        assertThat(report.passed()).isFalse();
        assertThat(report.text()).contains("300 plays/s", "could not be verified: the relay has not drained");
    }

    private static SoakReport soak(List<Double> memory, double relayP99, boolean isRight) {
        return soak(memory, STEADY, relayP99, isRight ? RIGHT : WRONG);
    }

    private static SoakReport soak(List<Double> memory, List<Double> heap, double relayP99, Verification verified) {
        var samples = new ArrayList<Sample>();
        for (double mebibytes : memory) {
            samples.add(new Sample(Duration.ofSeconds(10L * samples.size()), 1, mebibytes, Map.of("jvm", mebibytes)));
        }
        var live = new ArrayList<LiveHeap>();
        for (double mebibytes : heap) {
            live.add(new LiveHeap(Duration.ofMinutes(live.size()), mebibytes));
        }
        var relay = new Figures("relay", 100, 50, 60, relayP99, relayP99);
        return new SoakReport(
                300, Duration.ofMinutes(10), 180_000, 0, "", 0, List.of(relay), relay, samples, live, verified);
    }

    private static Verification found(long violations) {
        var check = new Check(1, "plays exist once", 1, violations, List.of(), "");
        return new Verification.Done(new Report(Instant.EPOCH, List.of(check)));
    }
}
