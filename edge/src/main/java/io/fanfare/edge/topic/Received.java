package io.fanfare.edge.topic;

import io.fanfare.edge.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record as it was read, and what it says. */
public record Received<V>(ConsumerRecord<byte[], byte[]> source, V value) {

    public static final String TRACEPARENT = "traceparent";

    /** A record that comes without a trace begins one, so that everything that follows from it is in the same. */
    public String traceparent() {
        Header header = source.headers().lastHeader(TRACEPARENT);
        byte @Nullable [] value = header == null ? null : header.value();
        return TraceContext.continuing(value == null ? null : new String(value, StandardCharsets.US_ASCII))
                .traceparent();
    }
}
