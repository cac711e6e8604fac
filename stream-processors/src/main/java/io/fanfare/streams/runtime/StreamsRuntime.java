package io.fanfare.streams.runtime;

import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.runtime.RunningApp.Surroundings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Where a feature hands in its app: {@code @Bean RunningApp wallets(StreamsRuntime runtime)}. */
@Component
public final class StreamsRuntime {

    private final Surroundings surroundings;

    public StreamsRuntime(
            KafkaSettings kafka, StreamsSettings settings, SchemaRegistry registry, MeterRegistry meters) {
        this.surroundings = new Surroundings(kafka, settings, registry, meters);
    }

    /** The app as a bean of this process, started and stopped with it. */
    public RunningApp run(StreamsApp app) {
        return run(app, () -> app);
    }

    /**
     * An app whose state is rebuilt now and then.
     *
     * @param app its first generation
     * @param current the one to begin with
     */
    public RunningApp run(StreamsApp app, Supplier<StreamsApp> current) {
        return new RunningApp(app, current, surroundings);
    }
}
