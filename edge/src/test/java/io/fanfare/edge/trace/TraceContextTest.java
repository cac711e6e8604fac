package io.fanfare.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void continuing_stays_in_the_trace() {
        assertThat(TraceContext.continuing("00-" + TRACE + "-b7ad6b7169203331-00")
                        .traceId())
                .isEqualTo(TRACE);
    }

    @Test
    void a_later_version_may_say_more() {
        assertThat(TraceContext.continuing("01-" + TRACE + "-b7ad6b7169203331-00-more")
                        .traceId())
                .isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "00-00000000000000000000000000000000-b7ad6b7169203331-00",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-00",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-00",
                "0af7651916cd43dd8448eb211c80319c"
            })
    void what_is_no_traceparent_begins_a_new_trace(String header) {
        assertThat(TraceContext.continuing(header).traceId()).isNotEqualTo(TRACE);
    }

    @Test
    void work_and_its_log_lines_know_their_trace() {
        var trace = TraceContext.fresh();

        trace.run(() -> {
            assertThat(TraceContext.current()).isEqualTo(trace);
            assertThat(MDC.get(TraceContext.LOG_KEY)).isEqualTo(trace.traceId());
        });

        assertThat(TraceContext.current()).isNotEqualTo(trace);
        assertThat(MDC.get(TraceContext.LOG_KEY)).isNull();
    }
}
