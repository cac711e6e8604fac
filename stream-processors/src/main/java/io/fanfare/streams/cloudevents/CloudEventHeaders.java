package io.fanfare.streams.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.enums.UuidNamespace;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record that an app derives from another: CloudEvents in binary mode, the tenant, the trace. The id comes
 * from the cause (UUIDv5), so the same cause gives the same id on every replay.
 *
 * @param type the name of the record
 * @param subject the key of the record
 * @param cause what the id is derived from, unique within app and type
 * @param tenant null where it cannot be known
 */
public record CloudEventHeaders(
        String app,
        String type,
        String subject,
        String cause,
        Instant occurredAt,
        @Nullable String tenant,
        @Nullable String traceparent) {

    public static final String TRACEPARENT = "traceparent";
    public static final String TENANT = "tenant";

    private static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);
    private static final byte[] CONTENT_TYPE = "application/vnd.confluent.avro".getBytes(UTF_8);

    public String id() {
        String name = source() + "/" + type + "/" + cause;
        return UuidCreator.getNameBasedSha1(UuidNamespace.NAMESPACE_URL, name).toString();
    }

    public Headers toHeaders() {
        var headers = new RecordHeaders();
        headers.add("ce_specversion", SPEC_VERSION);
        add(headers, "ce_id", id());
        add(headers, "ce_type", type);
        add(headers, "ce_source", source());
        add(headers, "ce_time", occurredAt.toString());
        add(headers, "ce_subject", subject);
        headers.add("content-type", CONTENT_TYPE);
        if (tenant != null) {
            add(headers, TENANT, tenant);
        }
        if (traceparent != null) {
            add(headers, TRACEPARENT, traceparent);
        }
        return headers;
    }

    /** The trace that a record came in with. */
    public static Optional<String> traceparent(Headers headers) {
        Header header = headers.lastHeader(TRACEPARENT);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    private String source() {
        return "urn:fanfare:streams:" + app;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
