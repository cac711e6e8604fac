package io.fanfare.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record of a topic as people and programs are shown it. */
record SeenRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        @Nullable String key,
        Map<String, @Nullable String> headers,
        Decoded value) {

    static SeenRecord of(ConsumerRecord<byte[], byte[]> record, Decoder decoder) {
        Map<String, @Nullable String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(
                    header.key(), header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8));
        }
        return new SeenRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? null : Decoder.text(ByteBuffer.wrap(record.key())),
                headers,
                decoder.decode(record.value()));
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("topic", topic)
                .put("partition", partition)
                .put("offset", offset)
                .put("timestamp", timestamp.toString())
                .put("key", key);
        switch (value) {
            case Decoded.Value known ->
                json.put("type", known.type())
                        .put("schema_id", known.schemaId())
                        .set("value", known.json());
            case Decoded.Nothing() -> json.putNull("value");
            case Decoded.Unreadable bytes ->
                json.put("schema_id", bytes.schemaId())
                        .put("undecodable", bytes.why())
                        .put("raw", bytes.raw());
        }
        ObjectNode named = json.putObject("headers");
        headers.forEach(named::put);
        return json;
    }

    /** For people: where and when, what, and the headers that tell where it comes from. */
    String text() {
        String what = switch (value) {
            case Decoded.Value known -> "%s\n    %s".formatted(known.type(), Json.line(known.json()));
            case Decoded.Nothing() -> "(no value)";
            case Decoded.Unreadable bytes -> "UNDECODABLE: %s\n    %s".formatted(bytes.why(), bytes.raw());
        };
        var origin = new StringBuilder();
        for (String name : new String[] {
            "ce_id", "ce_time", "traceparent", "fanfare-repeated", DeadRecord.REPLAY_OF, DeadRecord.REPLAY
        }) {
            if (headers.get(name) != null) {
                origin.append(origin.isEmpty() ? "\n    " : "  ")
                        .append(name)
                        .append('=')
                        .append(headers.get(name));
            }
        }
        return "%s  %d@%d  %s  %s%s".formatted(timestamp, partition, offset, key, what, origin);
    }
}
