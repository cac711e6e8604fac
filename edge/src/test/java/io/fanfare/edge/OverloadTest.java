package io.fanfare.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.edge.SampleService.Barrier;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What holds where more requests come than a service takes at a time. */
class OverloadTest {

    @Test
    void a_request_beyond_the_limit_is_refused_at_once_and_worth_another_try() {
        try (var service = SampleService.start(Map.of("fanfare.dev-mode", true, "fanfare.http.max-in-flight", 1))) {
            var http = new HttpProbe(service);
            Barrier barrier = service.getBean(Barrier.class);
            var held = CompletableFuture.supplyAsync(() -> http.get("/held"));
            barrier.awaitArrival();

            Answer refused = http.get("/hello");
            Answer alive = http.get("/healthz");
            Answer metrics = http.get("/metrics");
            barrier.open();

            assertThat(held.join().status()).isEqualTo(200);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.reason()).isEqualTo("UNAVAILABLE");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(alive.status()).isEqualTo(200);
            assertThat(metrics.raw().body()).contains("requests_refused_by_load_total 1.0");
            assertThat(http.get("/hello").status()).isEqualTo(200);
        }
    }
}
