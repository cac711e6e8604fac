package io.fanfare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.schemas.wire.SchemaRegistry.UnknownSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads values in the Confluent wire format with the schema that they were written with, whatever it is. */
final class Decoder {

    private static final int PREFIX_BYTES = 1 + Integer.BYTES;
    private static final int SHOWN_BYTES = 1_024;

    private final SchemaRegistry registry;

    Decoder(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * What they stand for.
     *
     * @throws SchemaRegistry.RegistryUnavailable where the registry does not answer, which says nothing about the bytes
     */
    Decoded decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Decoded.Nothing();
        }
        if (bytes.length < PREFIX_BYTES || bytes[0] != 0) {
            return unreadable(null, "%d bytes that do not start with a schema id".formatted(bytes.length), bytes);
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        try {
            Schema schema = registry.schema(id);
            var binary = DecoderFactory.get().binaryDecoder(bytes, PREFIX_BYTES, bytes.length - PREFIX_BYTES, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, binary);
            return new Decoded.Value(schema.getName(), id, json(record));
        } catch (UnknownSchema e) {
            return unreadable(id, String.valueOf(e.getMessage()), bytes);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | ClassCastException e) {
            return unreadable(id, "the bytes do not fit schema %d: %s".formatted(id, e), bytes);
        }
    }

    private static Decoded unreadable(@Nullable Integer id, String why, byte[] bytes) {
        return new Decoded.Unreadable(id, why, text(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, SHOWN_BYTES))));
    }

    /** Text where the bytes are text, {@code base64:…} otherwise. */
    static String text(ByteBuffer bytes) {
        try {
            return UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException _) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return "base64:" + Base64.getEncoder().encodeToString(copy);
        }
    }

    private static ObjectNode json(GenericRecord record) {
        ObjectNode fields = Json.object();
        for (Schema.Field field : record.getSchema().getFields()) {
            fields.set(field.name(), json(record.get(field.pos()), field.schema()));
        }
        return fields;
    }

    private static JsonNode json(@Nullable Object value, Schema schema) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.nullNode();
            case GenericRecord record
            when isOneOfSeveral(schema) -> Json.object().set(record.getSchema().getName(), json(record));
            case GenericRecord record -> json(record);
            case Collection<?> items -> {
                ArrayNode array = Json.array();
                items.forEach(item -> array.add(json(item, inner(schema, Schema.Type.ARRAY))));
                yield array;
            }
            case Map<?, ?> entries -> {
                ObjectNode object = Json.object();
                entries.forEach((name, item) ->
                        object.set(String.valueOf(name), json(item, inner(schema, Schema.Type.MAP))));
                yield object;
            }
            case ByteBuffer bytes -> nodes.textNode(text(bytes));
            case Long millis
            when isTimestamp(schema) ->
                nodes.textNode(Instant.ofEpochMilli(millis).toString());
            case Long number -> nodes.numberNode(number);
            case Integer number -> nodes.numberNode(number);
            case Double number -> nodes.numberNode(number);
            case Float number -> nodes.numberNode(number);
            case Boolean bool -> nodes.booleanNode(bool);
            default -> nodes.textNode(value.toString());
        };
    }

    /** What a list or map holds, also where it may be left out. */
    private static Schema inner(Schema schema, Schema.Type wanted) {
        Schema found = schema.getType() == Schema.Type.UNION
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() == wanted)
                        .findFirst()
                        .orElseThrow()
                : schema;
        return wanted == Schema.Type.ARRAY ? found.getElementType() : found.getValueType();
    }

    /** Then its name says what it is, as in {@code {"WalletCredit": {…}}}. */
    private static boolean isOneOfSeveral(Schema schema) {
        return schema.getType() == Schema.Type.UNION
                && schema.getTypes().stream()
                                .filter(type -> type.getType() == Schema.Type.RECORD)
                                .count()
                        > 1;
    }

    private static boolean isTimestamp(Schema schema) {
        if (schema.getType() == Schema.Type.UNION) {
            return schema.getTypes().stream().anyMatch(Decoder::isTimestamp);
        }
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }
}
