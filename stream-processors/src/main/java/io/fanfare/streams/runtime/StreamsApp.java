package io.fanfare.streams.runtime;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.telling.Telling;
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
 * @param generation how often its state was begun anew, from 1; further ones have an application id of their own
 * @param telling which of its decisions it tells
 */
public record StreamsApp(
        String name, List<Topic<?, ?>> topics, Pace pace, Wiring wiring, int generation, Telling telling) {

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

    /** An app that is never rebuilt. */
    public StreamsApp(String name, List<Topic<?, ?>> topics, Pace pace, Wiring wiring) {
        this(name, topics, pace, wiring, 1, Telling.OF_EVERYTHING);
    }

    public StreamsApp {
        topics = List.copyOf(topics);
        if (generation < 1) {
            throw new IllegalArgumentException("generation is %d, expected at least 1".formatted(generation));
        }
        if (!name.matches("[a-z][a-z-]*")) {
            throw new IllegalArgumentException("app name is '%s', expected lower-case words".formatted(name));
        }
    }

    public String applicationId() {
        return applicationId(name, generation);
    }

    /** The application id, and consumer group, of a generation of an app. */
    public static String applicationId(String name, int generation) {
        return "fanfare-" + name + (generation == 1 ? "" : "-" + generation);
    }

    /** What to call it in the log. */
    String label() {
        return generation == 1 ? name : "%s (generation %d)".formatted(name, generation);
    }

    /** The topology under a configuration; that names are explicit is only checked when the builder knows it. */
    public Topology topology(Map<String, Object> config, SchemaRegistry registry) {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(config)));
        wiring.wire(builder, registry);
        return builder.build();
    }
}
