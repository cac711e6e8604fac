package io.fanfare.edge.topic;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How a subscription fares. */
public final class IntakeMetrics {

    private final Counter understood;
    private final Counter deadLetters;
    private final Counter postponements;

    /**
     * @param name that the metrics begin with
     * @param processed what becomes of a record that was understood
     */
    public IntakeMetrics(MeterRegistry meters, String name, String processed) {
        understood = records(meters, name, processed);
        deadLetters = records(meters, name, "dead_letter");
        postponements = Counter.builder(name + ".postponements")
                .description("Batches that were put off because database, registry or broker did not answer")
                .register(meters);
    }

    void processed(int understood, int poison) {
        this.understood.increment(understood);
        deadLetters.increment(poison);
    }

    void postponed() {
        postponements.increment();
    }

    private static Counter records(MeterRegistry meters, String name, String outcome) {
        return Counter.builder(name + ".records")
                .description("Records read, by what became of them")
                .tag("outcome", outcome)
                .register(meters);
    }
}
