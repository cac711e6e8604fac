package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Check WELL = new Check(1, "plays exist once", 5, 0, List.of(), "");

    @Test
    void passes_where_all_checks_pass() {
        assertThat(new Report(NOW, List.of(WELL)).passed()).isTrue();
    }

    @Test
    void a_check_that_saw_nothing_has_failed() {
        var report = new Report(NOW, List.of(WELL, new Check(3, "stock adds up", 0, 0, List.of(), "")));

        assertThat(report.passed()).isFalse();
        assertThat(report.table()).contains("nothing to check: counts as failed", "1 of 2 checks failed");
    }

    @Test
    void violations_are_shown_with_examples_and_counted() {
        var findings = new Findings(3, "stock adds up");
        findings.saw(100);
        for (int i = 0; i < 25; i++) {
            findings.violated("prize " + i);
        }

        var report = new Report(NOW, List.of(findings.result()));

        assertThat(report.table()).contains("FAIL", "prize 9", "… and 15 more").doesNotContain("prize 10");
    }

    @Test
    void what_was_not_checked_is_told_and_fails_nothing() {
        var report = new Report(NOW, List.of(WELL), List.of("sagas end"));

        assertThat(report.passed()).isTrue();
        assertThat(report.table()).containsPattern("none +- +sagas end +there are none");
        assertThat(report.json()).contains("\"not_checked\":[\"sagas end\"]");
    }

    @Test
    void programs_get_one_line_of_json() {
        assertThat(new Report(NOW, List.of(WELL)).json())
                .isEqualTo("{\"passed\":true,\"as_of\":\"2026-03-01T12:00:00Z\",\"checks\":[{\"invariant\":1,"
                        + "\"name\":\"plays exist once\",\"passed\":true,\"rows\":5,\"violations\":0,\"note\":\"\","
                        + "\"examples\":[]}],\"not_checked\":[]}");
    }
}
