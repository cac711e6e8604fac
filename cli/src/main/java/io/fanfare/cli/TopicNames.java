package io.fanfare.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import java.util.Locale;
import org.apache.avro.Schema;

/** The topics of the catalogue by their names, or what is left of a name without prefix and version. */
final class TopicNames {

    private TopicNames() {}

    /** {@code plays} for {@code fanfare.plays.v1}. */
    static String shortened(String name) {
        return name.replaceFirst("^fanfare\\.", "").replaceFirst("\\.v[0-9]+$", "");
    }

    /**
     * The full name.
     *
     * @throws NotUnderstood where the catalogue has no such topic
     */
    static String resolve(String text) {
        return Topics.all().stream()
                .map(Topic::name)
                .filter(name -> name.equals(text) || shortened(name).equals(text))
                .findFirst()
                .orElseThrow(() -> new NotUnderstood("there is no topic '%s', expected one of %s"
                        .formatted(
                                text,
                                Topics.all().stream()
                                        .map(topic -> shortened(topic.name()))
                                        .collect(joining(", ")))));
    }

    static String catalogue() {
        return Topics.all().stream()
                .map(topic -> "%-20s  %s\n%22s%s, keyed by %s, kept %s\n%22s%s"
                        .formatted(
                                shortened(topic.name()),
                                topic.name(),
                                "",
                                types(topic),
                                topic.keyMeaning(),
                                kept(topic),
                                "",
                                topic.description()))
                .collect(joining("\n"));
    }

    static ArrayNode catalogueAsJson() {
        ArrayNode topics = Json.array();
        for (Topic<?, ?> topic : Topics.all()) {
            ArrayNode types = topics.addObject()
                    .put("topic", topic.name())
                    .put("short", shortened(topic.name()))
                    .put("key", topic.keyMeaning())
                    .put("kept", kept(topic))
                    .put("description", topic.description())
                    .putArray("record_types");
            topic.schemas().forEach(schema -> types.add(schema.getName()));
        }
        return topics;
    }

    private static String types(Topic<?, ?> topic) {
        return topic.schemas().stream().map(Schema::getName).collect(joining(", "));
    }

    private static String kept(Topic<?, ?> topic) {
        return topic.retention().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
