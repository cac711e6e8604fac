package io.fanfare.standalone;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as we read it, in the JSON that the Node program prints: every field, longs as text, bytes in base64, times in
 * milliseconds, and a choice between records named for what was chosen.
 */
final class ExactJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ExactJson() {}

    static JsonNode of(ConsumerRecord<String, ? extends SpecificRecord> record) {
        ObjectNode headers = NODES.objectNode();
        for (Header header : record.headers()) {
            byte[] value = header.value();
            headers.set(
                    header.key(),
                    value == null ? NODES.nullNode() : NODES.stringNode(new String(value, StandardCharsets.UTF_8)));
        }
        return NODES.objectNode()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", Long.toString(record.offset()))
                .put("timestamp", Long.toString(record.timestamp()))
                .put("key", record.key())
                .set("headers", headers)
                .set("value", of(record.value()));
    }

    private static ObjectNode of(SpecificRecord record) {
        ObjectNode fields = NODES.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            fields.set(field.name(), of(record.get(field.pos()), field.schema()));
        }
        return fields;
    }

    private static JsonNode of(@Nullable Object value, Schema schema) {
        return switch (value) {
            case null -> NODES.nullNode();
            case SpecificRecord record
            when isChoice(schema) -> NODES.objectNode().set(record.getSchema().getFullName(), of(record));
            case SpecificRecord record -> of(record);
            case Collection<?> items ->
                NODES.arrayNode()
                        .addAll(items.stream()
                                .map(item -> of(item, schema.getElementType()))
                                .toList());
            case ByteBuffer bytes -> NODES.stringNode(base64(bytes.duplicate()));
            case Instant time -> NODES.stringNode(Long.toString(time.toEpochMilli()));
            case Long number -> NODES.stringNode(number.toString());
            case Integer number -> NODES.numberNode(number);
            case Boolean truth -> NODES.booleanNode(truth);
            case CharSequence text -> NODES.stringNode(text.toString());
            default -> throw new IllegalArgumentException("no JSON yet for a " + value.getClass());
        };
    }

    private static boolean isChoice(Schema schema) {
        List<Schema> branches = schema.isUnion() ? schema.getTypes() : List.of();
        return branches.stream()
                        .filter(branch -> branch.getType() == Schema.Type.RECORD)
                        .count()
                > 1;
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
