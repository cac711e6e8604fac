package io.fanfare.worker.integration;

import io.fanfare.store.integration.AttemptOutcome;
import io.fanfare.store.integration.DeliveryState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How deliveries fare, and how many wait. */
final class DeliveryMetrics {

    private final Counter delivered;
    private final Counter retry;
    private final Counter dead;
    private final Counter lostLeases;
    private final Counter disabled;
    private final Timer attempts;
    private final Map<DeliveryState, AtomicLong> depth = new EnumMap<>(DeliveryState.class);

    DeliveryMetrics(MeterRegistry meters) {
        delivered = outcome(meters, "delivered");
        retry = outcome(meters, "retry");
        dead = outcome(meters, "dead");
        lostLeases = Counter.builder("webhook.leases.lost")
                .description("Attempts whose outcome came too late to be recorded")
                .register(meters);
        disabled = Counter.builder("webhook.endpoints.disabled")
                .description("Endpoints that said that they are gone")
                .register(meters);
        attempts = Timer.builder("webhook.attempts")
                .description("How long endpoints take")
                .publishPercentileHistogram()
                .register(meters);
        for (DeliveryState state : DeliveryState.values()) {
            if (state != DeliveryState.DELIVERED) {
                var count = new AtomicLong();
                depth.put(state, count);
                Gauge.builder("webhook.deliveries.depth", count, AtomicLong::get)
                        .description("Deliveries that are not done, as of some seconds ago")
                        .tag("state", state.word())
                        .register(meters);
            }
        }
    }

    void attempted(AttemptOutcome outcome, Duration took) {
        attempts.record(took);
        switch (outcome) {
            case AttemptOutcome.Delivered() -> delivered.increment();
            case AttemptOutcome.Retry _ -> retry.increment();
            case AttemptOutcome.Dead() -> dead.increment();
        }
    }

    void lostLease() {
        lostLeases.increment();
    }

    void disabledEndpoint() {
        disabled.increment();
    }

    void unfinished(Map<DeliveryState, Long> counts) {
        depth.forEach((state, count) -> count.set(counts.getOrDefault(state, 0L)));
    }

    private static Counter outcome(MeterRegistry meters, String outcome) {
        return Counter.builder("webhook.deliveries")
                .description("Attempts to deliver, by what came of them")
                .tag("outcome", outcome)
                .register(meters);
    }
}
