package io.fanfare.edge.answer;

import io.fanfare.edge.error.Refused;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.config.FieldViolation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The same error as in the {@link Envelope}, as RFC 9457 wants it. */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        int code,
        String reason,
        String traceId,
        Map<String, String> metadata,
        List<FieldViolation> fieldViolations) {

    static Problem of(Refused refused, String path) {
        var reason = refused.reason();
        return new Problem(
                "urn:fanfare:error:" + reason.name(),
                reason.meaning(),
                reason.httpStatus(),
                refused.getMessage(),
                path,
                reason.code().number(),
                reason.name(),
                TraceContext.current().traceId(),
                new TreeMap<>(refused.metadata()),
                refused.fieldViolations());
    }
}
