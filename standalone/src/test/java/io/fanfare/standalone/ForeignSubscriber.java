package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Node program while it subscribes to topics, and what it has printed of them. */
final class ForeignSubscriber {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LEAVING_SECONDS = 15;

    private final Process program;
    private final Path complaints;
    private final Map<Position, JsonNode> lines = new ConcurrentHashMap<>();

    /** Where a record stands. */
    record Position(String topic, int partition, long offset) {

        static Position of(ConsumerRecord<?, ?> record) {
            return new Position(record.topic(), record.partition(), record.offset());
        }

        static Position of(RecordMetadata record) {
            return new Position(record.topic(), record.partition(), record.offset());
        }

        private static Position of(JsonNode line) {
            return new Position(
                    line.path("topic").asString(),
                    line.path("partition").asInt(),
                    Long.parseLong(line.path("offset").asString()));
        }
    }

    private ForeignSubscriber(Process program, Path complaints) {
        this.program = program;
        this.complaints = complaints;
    }

    /** @param client which registry client decodes: kafkajs or confluent */
    static ForeignSubscriber start(NodeProject node, String client, TopicReader at, List<String> topics)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "node",
                "subscribe.mjs",
                client,
                "foreign-" + client,
                at.bootstrap(),
                at.registry().toString()));
        command.addAll(topics);
        Path complaints = Files.createTempFile("fanfare-subscriber", ".log");
        var subscriber = new ForeignSubscriber(node.start(complaints, command.toArray(String[]::new)), complaints);
        // A virtual thread that waits at a pipe holds its carrier, and there are only as many as cores.
        Thread.ofPlatform().daemon().name("subscriber " + client).start(subscriber::listen);
        return subscriber;
    }

    /** What it printed about each of these, once it has printed something about all of them. */
    Map<Position, JsonNode> told(Set<Position> wanted) throws Exception {
        eventually(PATIENCE, this::missing, _ -> lines.keySet().containsAll(wanted) || !program.isAlive());
        if (!program.isAlive()) {
            throw new AssertionError("the subscriber ended: " + Files.readString(complaints));
        }
        var told = new HashMap<>(lines);
        told.keySet().retainAll(wanted);
        return told;
    }

    /** Ends it in order, as an operator would. */
    void leave() throws IOException, InterruptedException {
        program.destroy();
        if (!program.waitFor(LEAVING_SECONDS, TimeUnit.SECONDS)) {
            program.destroyForcibly();
            throw new AssertionError("the subscriber did not leave: " + Files.readString(complaints));
        }
        Files.delete(complaints);
    }

    private String missing() throws IOException {
        return "%d records read; %s".formatted(lines.size(), Files.readString(complaints));
    }

    private void listen() {
        try (BufferedReader output = program.inputReader()) {
            output.lines().map(JSON::readTree).forEach(line -> lines.put(Position.of(line), line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
