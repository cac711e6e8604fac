package io.fanfare.streams.runtime;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * One Kafka Streams application: a consumer group, a state directory and a failure domain of its own.
 *
 * @param name what it keeps, such as {@code wallets}; its application id is {@code fanfare-<name>}
 * @param topics what it reads and writes; it does not start before they exist
 */
public record StreamsApp(String name, List<Topic<?, ?>> topics, Pace pace, Wiring wiring) {

    /** Whether single records are hurried through or many are moved at low cost. */
    public enum Pace {
        LATENCY,
        THROUGHPUT
    }

    /** Adds the app's sources, processors, stores and sinks to a builder. */
    @FunctionalInterface
    public interface Wiring {
        void wire(StreamsBuilder builder, SchemaRegistry registry);
    }

    public StreamsApp {
        topics = List.copyOf(topics);
        if (!name.matches("[a-z][a-z-]*")) {
            throw new IllegalArgumentException("app name is '%s', expected lower-case words".formatted(name));
        }
    }

    public String applicationId() {
        return "fanfare-" + name;
    }

    /** The topology under a configuration; that names are explicit is only checked when the builder knows it. */
    public Topology topology(Map<String, Object> config, SchemaRegistry registry) {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(config)));
        wiring.wire(builder, registry);
        return builder.build();
    }
}
