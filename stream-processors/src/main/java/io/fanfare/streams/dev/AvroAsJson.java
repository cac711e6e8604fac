package io.fanfare.streams.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Shows a decoded record as plain maps, lists and texts. */
final class AvroAsJson {

    private AvroAsJson() {}

    static Map<String, @Nullable Object> of(GenericRecord record) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (Schema.Field field : record.getSchema().getFields()) {
            fields.put(field.name(), of(record.get(field.pos()), field.schema()));
        }
        return fields;
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

    private static @Nullable Object of(@Nullable Object value, Schema schema) {
        return switch (value) {
            case null -> null;
            case GenericRecord record -> of(record);
            case Collection<?> items ->
                items.stream().map(item -> of(item, schema.getElementType())).toList();
            case ByteBuffer bytes -> text(bytes);
            case Long millis
            when isTimestamp(schema) -> Instant.ofEpochMilli(millis).toString();
            case Number number -> number;
            case Boolean bool -> bool;
            default -> value.toString();
        };
    }

    private static boolean isTimestamp(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }
}
