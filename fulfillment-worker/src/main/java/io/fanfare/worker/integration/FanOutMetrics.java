package io.fanfare.worker.integration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How the fan-out of events fares. */
final class FanOutMetrics {

    private final Counter fannedOut;
    private final Counter deadLetters;
    private final Counter postponements;

    FanOutMetrics(MeterRegistry meters) {
        fannedOut = records(meters, "fanned_out");
        deadLetters = records(meters, "dead_letter");
        postponements = Counter.builder("webhook.fanout.postponements")
                .description("Batches that were put off because database, registry or broker did not answer")
                .register(meters);
    }

    void processed(int understood, int poison) {
        fannedOut.increment(understood);
        deadLetters.increment(poison);
    }

    void postponed() {
        postponements.increment();
    }

    private static Counter records(MeterRegistry meters, String outcome) {
        return Counter.builder("webhook.fanout.records")
                .description("Records read for integrations")
                .tag("outcome", outcome)
                .register(meters);
    }
}
