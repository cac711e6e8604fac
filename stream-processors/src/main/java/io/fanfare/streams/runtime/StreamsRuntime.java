package io.fanfare.streams.runtime;

import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.deadletter.DeadLetters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Where a feature hands in its app: {@code @Bean RunningApp wallets(StreamsRuntime runtime)}. */
@Component
public final class StreamsRuntime {

    private final KafkaSettings kafka;
    private final StreamsSettings settings;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;

    StreamsRuntime(KafkaSettings kafka, StreamsSettings settings, SchemaRegistry registry, MeterRegistry meters) {
        this.kafka = kafka;
        this.settings = settings;
        this.registry = registry;
        this.meters = meters;
    }

    /** The app as a bean of this process, started and stopped with it. */
    public RunningApp run(StreamsApp app) {
        var deadLetters = new DeadLetters(app.name(), registry, meters, Clock.systemUTC());
        return new RunningApp(app, kafka, settings, registry, deadLetters);
    }
}
