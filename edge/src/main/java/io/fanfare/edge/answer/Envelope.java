package io.fanfare.edge.answer;

import io.fanfare.edge.error.Refused;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.config.FieldViolation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every answer is wrapped in.
 *
 * @param code 0 for success, the number of a google.rpc.Code otherwise
 * @param message {@code ok}, or what went wrong, for people
 * @param traceId of the request
 * @param data the answer itself; for an error an {@link ErrorData}
 */
public record Envelope<T>(int code, String message, String traceId, T data) {

    /** The data of an answer that says no. */
    public record ErrorData(ErrorDetails error) {}

    /**
     * An error, for machines.
     *
     * @param status name of the google.rpc.Code
     * @param reason stable name; see docs/errors.md
     * @param domain who gives the reason its meaning
     */
    public record ErrorDetails(
            String status,
            String reason,
            String domain,
            Map<String, String> metadata,
            List<FieldViolation> fieldViolations) {}

    /** Nothing to say beyond "done". */
    public record Nothing() {}

    static final String DOMAIN = "fanfare";

    /** A success, in the trace of the request at hand. */
    public static <T> Envelope<T> ok(T data) {
        return ok(data, TraceContext.current());
    }

    /** A success, in the trace of a request that may be in the hands of another thread. */
    public static <T> Envelope<T> ok(T data, TraceContext trace) {
        return new Envelope<>(0, "ok", trace.traceId(), data);
    }

    /** A success without data. */
    public static Envelope<Nothing> ok() {
        return ok(new Nothing());
    }

    /** An error, in the trace of the request at hand. */
    public static Envelope<ErrorData> refused(Refused refused) {
        var details = new ErrorDetails(
                refused.reason().code().name(),
                refused.reason().name(),
                DOMAIN,
                new TreeMap<>(refused.metadata()),
                refused.fieldViolations());
        return new Envelope<>(
                refused.reason().code().number(),
                refused.getMessage(),
                TraceContext.current().traceId(),
                new ErrorData(details));
    }
}
