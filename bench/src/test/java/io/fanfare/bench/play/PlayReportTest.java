package io.fanfare.bench.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.compare.Ratio;
import io.fanfare.bench.compare.Series;
import io.fanfare.bench.measure.Verification;
import io.fanfare.bench.verify.Check;
import io.fanfare.bench.verify.Report;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlayReportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Series REFERENCE = new Series(List.of(2_000.0, 2_100.0));

    @Test
    void it_passes_where_all_is_as_it_should_be() {
        assertThat(report(6_300, 99, 0, 0, 0).passed()).isTrue();
    }

    @Test
    void it_fails_where_one_thing_is_not() {
        assertThat(report(6_000, 99, 0, 0, 0).passed()).isFalse();
        assertThat(report(6_300, 101, 0, 0, 0).passed()).isFalse();
        assertThat(report(6_300, 99, 1, 0, 0).passed()).isFalse();
        assertThat(report(6_300, 99, 0, 1, 0).passed()).isFalse();
        assertThat(report(6_300, 99, 0, 0, 1).passed()).isFalse();
    }

    @Test
    void programs_are_told_both_figures() throws IOException {
        JsonNode told = JSON.readTree(report(6_300, 99, 0, 0, 0).json());

        assertThat(told.path("passed").asBoolean()).isTrue();
        assertThat(told.path("relay").asText()).isEqualTo("off");
        assertThat(told.path("http").path("p99_ms").asDouble()).isEqualTo(99);
        assertThat(told.path("relay_on").path("plays_per_second").path(0).asDouble())
                .isEqualTo(700);
        assertThat(told.path("relay_on").path("wrong").asLong()).isEqualTo(12);
        assertThat(told.path("verified").asBoolean()).isTrue();
    }

    @Test
    void people_are_told_what_was_refused_with_the_relay_on() {
        assertThat(report(6_300, 99, 0, 0, 0).text())
                .contains("relay on and a whole platform behind it", "12 refused or unanswered {503 UNAVAILABLE=12}")
                .doesNotContain("void");
        assertThat(report(6_300, 99, 0, 0, 1).text()).contains("the run is void");
    }

    private static PlayReport report(double ours, double p99, long wrong, long violations, long violationsWithRelay) {
        return new PlayReport(
                Map.of("fsync", "on"),
                List.of(new Cell("hot prize", Cell.OURS, 1, 99, ours, 0.1, 0.05)),
                new HttpFigures(new Series(List.of(2_000.0)), 1_000, 10, p99, wrongs(wrong), 0.5, 0.1),
                List.of(new Ratio("commits/s, hot prize", REFERENCE, new Series(List.of(ours)), 3)),
                found(violations),
                new RelayOn(new Series(List.of(700.0)), wrongs(12), new Verification.Done(found(violationsWithRelay))));
    }

    private static Wrongs wrongs(long count) {
        return count == 0 ? Wrongs.NONE : Wrongs.of(Map.of("503 UNAVAILABLE", count));
    }

    private static Report found(long violations) {
        return new Report(Instant.EPOCH, List.of(new Check(1, "plays exist once", 1, violations, List.of(), "")));
    }
}
